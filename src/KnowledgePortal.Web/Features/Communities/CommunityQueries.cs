using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Communities;

/// <summary>Reads communities for lists.</summary>
public sealed class CommunityQueries(Database database)
{
    private static readonly string Seen = ViewerTokens.See("c.content_item_id");
    private static readonly string Select =
        $"""
        select c.content_item_id, c.path, c.title, c.short_name, c.summary, a.title as agency_title,
          (select count(*) from session_index s where s.community_id = c.content_item_id and {ViewerTokens.See("s.content_item_id")}) as session_count,
          (select max(s.held_on) from session_index s where s.community_id = c.content_item_id and {ViewerTokens.See("s.content_item_id")}) as last_held_on
        from community_index c
        left join term_index a on a.term_id = c.agency_term_id

        """;

    /// <summary>Every community, the most recently active first.</summary>
    public Task<IReadOnlyList<CommunityCard>> AllAsync(ViewerTokens viewers) =>
        database.QueryAsync<CommunityCard>(Select + $"where {Seen} order by last_held_on desc nulls last, c.title", new { viewers = viewers.Values });

    public Task<CommunityCard?> FindAsync(string contentItemId, ViewerTokens viewers) =>
        database.FirstAsync<CommunityCard>(Select + $"where c.content_item_id = @contentItemId and {Seen}", new { contentItemId, viewers = viewers.Values });
}
