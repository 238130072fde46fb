using System.Security.Claims;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Terms of the taxonomies that somebody may see, in their order.</summary>
public sealed class TermLists(Database database, RolePermissions permissions)
{
    public async Task<IReadOnlyList<Term>> OfAsync(ClaimsPrincipal user, string? taxonomy = null) => await database.QueryAsync<Term>(
        $"""
        select t.term_id, t.taxonomy, t.slug, t.path, t.title, t.aliases, t.parent_term_id from term_index t
        where {ViewerTokens.See("t.taxonomy_item_id")}{(taxonomy is null ? "" : " and t.taxonomy = @taxonomy")} order by t.taxonomy, t.position
        """,
        new { viewers = (await permissions.ViewersAsync(user.ToVisitor())).Values, taxonomy });
}
