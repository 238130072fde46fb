using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Cms.Content;

/// <summary>Reads lists of published items: those of a list in their own order where it is given, then the newest first; those that carry a term.</summary>
public sealed class ContainedItems(Database database)
{
    private const string Row = "i.content_item_id, i.display_text as title, r.path, i.published_utc";
    private static readonly string Seen = ViewerTokens.See("c.content_item_id");

    /// <summary>How many items the list holds for those who ask.</summary>
    public Task<int> CountAsync(string listContentItemId, ViewerTokens viewers) => database.FirstAsync<int>(
        $"select count(*) from contained_index c where c.list_content_item_id = @listContentItemId and {Seen}", new { listContentItemId, viewers = viewers.Values });

    /// <summary>A page of the list.</summary>
    public Task<IReadOnlyList<ContainedItem>> PageAsync(string listContentItemId, int skip, int count, ViewerTokens viewers) => database.QueryAsync<ContainedItem>(
        $"""
        select {Row} from contained_index c
        join content_items i on i.content_item_id = c.content_item_id and i.published = 1
        left join autoroute_index r on r.content_item_id = c.content_item_id
        where c.list_content_item_id = @listContentItemId and {Seen}
        order by c.position, c.published_utc desc, c.content_item_id limit @count offset @skip
        """,
        new { listContentItemId, skip, count, viewers = viewers.Values });

    /// <summary>How many items carry a term.</summary>
    public Task<int> CountWithTermAsync(string termId, ViewerTokens viewers) => database.FirstAsync<int>(
        $"select count(distinct c.content_item_id) from content_terms c where c.term_id = @termId and {Seen}", new { termId, viewers = viewers.Values });

    /// <summary>A page of the items that carry a term, the newest first.</summary>
    public Task<IReadOnlyList<ContainedItem>> PageWithTermAsync(string termId, int skip, int count, ViewerTokens viewers) => database.QueryAsync<ContainedItem>(
        $"""
        select distinct {Row} from content_terms c
        join content_items i on i.content_item_id = c.content_item_id and i.published = 1
        left join autoroute_index r on r.content_item_id = c.content_item_id
        where c.term_id = @termId and {Seen}
        order by i.published_utc desc nulls last, i.content_item_id limit @count offset @skip
        """,
        new { termId, skip, count, viewers = viewers.Values });
}

/// <summary>An item of a list.</summary>
public sealed record ContainedItem
{
    /// <summary>Id of the item.</summary>
    public string ContentItemId { get; init; } = "";

    /// <summary>Display text.</summary>
    public string Title { get; init; } = "";

    /// <summary>Address without a leading slash; null when it has none.</summary>
    public string? Path { get; init; }

    /// <summary>ISO 8601; null when it is not known.</summary>
    public string? PublishedUtc { get; init; }
}
