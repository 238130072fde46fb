namespace KnowledgePortal.Tests.Access;

/// <summary>Who may use a route.</summary>
public enum Rule
{
    /// <summary>Whoever comes, and the answer speaks of no content that only some may see.</summary>
    Open,

    /// <summary>Whoever comes; the answer speaks of what he may see, and <see cref="AccessMatrixTests"/> asks it for every person.</summary>
    Content,

    /// <summary>Whoever comes with a secret from a mail.</summary>
    Secret,

    /// <summary>Whoever has signed in.</summary>
    SignedIn,

    /// <summary>Whoever may edit something; of an item, whoever may do this with it.</summary>
    Workbench,

    /// <summary>Whoever holds a permission that is about no content.</summary>
    Permission,
}

/// <summary>The rule of every route of the site. A route that is not here fails the test: say who may use it, and ask it in the matrix if it speaks of content.</summary>
public static class RouteRules
{
    public static readonly IReadOnlyDictionary<string, Rule> All = Lines(
        (Rule.Open, "/api/v1/session /api/v1/openapi.json /developers /problems/{name} /health/live /health/ready /errors/{status:range(400,599)} /search/help /login /logout /forgot-password /accept-invitation /reset-password /subscribe /subscribe/requested"),
        (Rule.Content, "/ /{**path} /cop /cop/{community} /cop/{community}/{fiscalYear:int}/{slug} /cop/{community}/{fiscalYear:int}/{slug}/watch /practices /practices/{slug} /articles /articles/{slug}"),
        (Rule.Content, "/calendar /provinces /provinces/{slug} /topics/{slug} /feed.atom /sitemap.xml /search /api/v1/search /api/v1/search/suggest /api/v1/content /api/v1/content/{handle} /api/v1/content/{handle}/publication /media/{**path} /subscribe/preview"),
        (Rule.Content, "/api/v1/types /api/v1/types/{name} /api/v1/taxonomies /api/v1/taxonomies/{name}/terms"),
        (Rule.Content, "/feeds/{type}.atom /cop/{community}/feed.atom /topics/{slug}/feed.atom /sitemap-{part:int:min(1):max(10000)}.xml"),
        (Rule.Secret, "/unsubscribe/{token} /subscribe/confirm/{secret} /subscription/{token}"),
        (Rule.SignedIn, "/account /account/name /account/password /account/sessions /account/keys /account/keys/{keyId}/revocation"),
        (Rule.Workbench, "/manage /manage/new/{type} /manage/items/{id} /manage/items/{id}/publication /manage/items/{id}/withdrawal /manage/items/{id}/discard /manage/items/{id}/removal /manage/items/{id}/copies"),
        (Rule.Workbench, "/manage/items/{id}/autosave /manage/items/{id}/autosave/removal /manage/items/{id}/history /manage/items/{id}/compare /manage/items/{id}/versions/{version}/restoration"),
        (Rule.Workbench, "/manage/trash /manage/trash/{id}/restoration /manage/searches /manage/shown /manage/choices/{type}/{field} /manage/media"),
        (Rule.Permission, "/manage/terms /manage/terms/{alias} /manage/terms/{alias}/merge /manage/terms/{alias}/move"),
        (Rule.Permission, "/admin /admin/mail /admin/mail/{id} /admin/mail/{id}/html /admin/audit /admin/index-rebuilds /admin/people /admin/people/{accountId} /admin/people/{accountId}/roles"),
        (Rule.Permission, "/admin/people/{accountId}/access /admin/people/{accountId}/invitation /admin/people/{accountId}/groups /admin/roles /admin/roles/{name} /admin/api-keys /admin/api-keys/{keyId}/revocation /admin/mail-releases"),
        (Rule.Permission, "/admin/webhooks /admin/webhooks/{id}/test /admin/webhooks/{id}/pause /admin/webhooks/{id}/resume /admin/webhooks/{id}/removal"),
        (Rule.Permission, "/admin/types /admin/types/{name} /admin/types/{name}/parts /admin/types/{name}/order /admin/types/{name}/parts/{part}/removal /admin/types/{name}/parts/{part}"),
        (Rule.Permission, "/admin/parts /admin/parts/{name} /admin/parts/{name}/fields /admin/parts/{name}/order /admin/parts/{name}/fields/{field}/removal /admin/parts/{name}/fields/{field}"));

    private static Dictionary<string, Rule> Lines(params (Rule Rule, string Routes)[] lines) =>
        lines.SelectMany(l => l.Routes.Split(' ').Select(r => (r, l.Rule))).ToDictionary(r => r.r, r => r.Rule);
}
