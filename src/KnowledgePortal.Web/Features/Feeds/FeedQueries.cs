using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>What a feed lists: items of types, of one community, or with one term; what is null or empty is not asked for.</summary>
public sealed record FeedScope
{
    /// <summary>What is new for readers of the site.</summary>
    public static FeedScope Site { get; } = new() { Types = ["CopSession", "BestPractice", "KnowledgeProgramme"] };

    public IReadOnlyList<string> Types { get; init; } = [];
    public string? CommunityId { get; init; }
    public string? TermId { get; init; }
}

/// <summary>An item as a feed tells of it.</summary>
public sealed record FeedEntry
{
    public string ContentItemId { get; init; } = "";
    public string Title { get; init; } = "";
    public string Path { get; init; } = "";
    public string? PublishedUtc { get; init; }
    public string? ModifiedUtc { get; init; }
    public string? Summary { get; init; }
}

/// <summary>Reads feeds: what the viewers see and what has an address, the newest first.</summary>
public sealed class FeedQueries(Database database)
{
    /// <summary>One entry more than asked for tells that there is another page.</summary>
    public Task<IReadOnlyList<FeedEntry>> PageAsync(FeedScope scope, ViewerTokens viewers, int skip, int count)
    {
        var where = new List<string> { "i.published = 1", ViewerTokens.See("i.content_item_id") };
        if (scope.Types.Count > 0) where.Add("i.content_type in @Types");
        if (scope.CommunityId is not null) where.Add("s.community_id = @CommunityId");
        if (scope.TermId is not null) where.Add("exists (select 1 from content_terms c where c.content_item_id = i.content_item_id and c.term_id = @TermId)");
        return database.QueryAsync<FeedEntry>(
            $"""
            select i.content_item_id, i.display_text as title, r.path, i.published_utc, i.modified_utc, coalesce(s.one_line, p.one_line, a.summary) as summary
            from content_items i
            join autoroute_index r on r.content_item_id = i.content_item_id
            left join session_index s on s.content_item_id = i.content_item_id
            left join practice_index p on p.content_item_id = i.content_item_id
            left join article_index a on a.content_item_id = i.content_item_id
            where {string.Join(" and ", where)}
            order by i.published_utc desc nulls last, i.id limit @count offset @skip
            """,
            new { scope.Types, scope.CommunityId, scope.TermId, viewers = viewers.Values, skip, count = count + 1 });
    }
}
