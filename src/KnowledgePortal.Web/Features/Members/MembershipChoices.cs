using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A community or an agency that somebody can belong to.</summary>
public sealed record MembershipChoice
{
    /// <summary>As view groups name it.</summary>
    public string Group { get; init; } = "";
    public string Title { get; init; } = "";

    public bool IsCommunity => Group.StartsWith(ViewGroups.Community, StringComparison.Ordinal);
}

/// <summary>Reads what somebody can belong to: the published communities, and the agencies.</summary>
public sealed class MembershipChoices(Database database)
{
    public Task<IReadOnlyList<MembershipChoice>> AllAsync() => database.QueryAsync<MembershipChoice>(
        $"""
        select g.view_group as "group", g.title from (
          select '{ViewGroups.Community}' || c.content_item_id as view_group, c.title from community_index c
          union all select '{ViewGroups.Agency}' || t.term_id, t.title from term_index t where t.taxonomy = 'agencies') g
        order by g.title
        """);
}
