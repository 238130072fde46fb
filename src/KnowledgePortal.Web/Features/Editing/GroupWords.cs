using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What view groups are called.</summary>
public static class GroupWords
{
    public const string Everybody = "ทุกคน";
    public const string SignedIn = "ผู้ที่เข้าสู่ระบบแล้ว";

    /// <summary>Every group that an item can be for, by kind and then by name: <c>value</c> and <c>label</c>.</summary>
    public static readonly string Rows =
        $"""
        select g.value, g.label from (
          select 1 as place, '{ViewGroups.Community}' || c.content_item_id as value, 'ชุมชน: ' || c.title as label from community_index c where {ViewerTokens.See("c.content_item_id")}
          union all select 2, '{ViewGroups.Agency}' || t.term_id, 'หน่วยงาน: ' || t.title from term_index t where t.taxonomy = 'agencies'
          union all select 3, '{ViewGroups.User}' || a.user_name, 'บุคคล: ' || a.display_name from accounts a where a.is_enabled = 1) g
        order by g.place, g.label
        """;

    /// <summary>The names of groups, by group; a group that is not there any more has none.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(Database database, IReadOnlyCollection<string> groups, ViewerTokens viewers)
    {
        var names = new Dictionary<string, string> { [ViewGroups.Everybody] = Everybody, [ViewGroups.SignedIn] = SignedIn };
        if (groups.Count == 0) return names;
        foreach (var choice in await database.QueryAsync<Choice>($"select value, label from ({Rows}) named where value in @groups", new { groups, viewers = viewers.Values })) names[choice.Value] = choice.Label;
        return names;
    }
}
