using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Reads lists of published items: those of a list in their own order where it is given, then the newest first; those that carry a term.</summary>
public sealed class ContainedItems(Database database)
{
    private const string Row = "i.content_item_id, i.display_text as title, r.path, i.published_utc";

    /// <summary>How many items the list holds.</summary>
    public Task<int> CountAsync(string listContentItemId) =>
        database.FirstAsync<int>("select count(*) from contained_index where list_content_item_id = @listContentItemId", new { listContentItemId });

    /// <summary>A page of the list.</summary>
    public Task<IReadOnlyList<ContainedItem>> PageAsync(string listContentItemId, int skip, int count) => database.QueryAsync<ContainedItem>(
        $"""
        select {Row} from contained_index c
        join content_items i on i.content_item_id = c.content_item_id and i.published = 1
        left join autoroute_index r on r.content_item_id = c.content_item_id
        where c.list_content_item_id = @listContentItemId
        order by c.position, c.published_utc desc, c.content_item_id limit @count offset @skip
        """,
        new { listContentItemId, skip, count });

    /// <summary>How many items carry a term.</summary>
    public Task<int> CountWithTermAsync(string termId) =>
        database.FirstAsync<int>("select count(distinct content_item_id) from content_terms where term_id = @termId", new { termId });

    /// <summary>A page of the items that carry a term, the newest first.</summary>
    public Task<IReadOnlyList<ContainedItem>> PageWithTermAsync(string termId, int skip, int count) => database.QueryAsync<ContainedItem>(
        $"""
        select distinct {Row} from content_terms c
        join content_items i on i.content_item_id = c.content_item_id and i.published = 1
        left join autoroute_index r on r.content_item_id = c.content_item_id
        where c.term_id = @termId
        order by i.published_utc desc nulls last, i.content_item_id limit @count offset @skip
        """,
        new { termId, skip, count });
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
