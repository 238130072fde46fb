using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Finds out who asks, and keeps what only they may see out of caches.</summary>
public static class MembersPipeline
{
    /// <summary>The proxy in front says who asks; whether readers come by https, the site's own address says.</summary>
    public static IApplicationBuilder UseReadersAddress(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        if (!app.ApplicationServices.GetRequiredService<PortalSettings>().IsHttps) return app;
        return app.Use((context, next) =>
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
            return next();
        });
    }

    public static IApplicationBuilder UseMembers(this IApplicationBuilder app) => app.UseAuthentication().Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (IsPage(headers) && !headers.Vary.Contains("Cookie")) headers.Append("Vary", "Cookie"); // the masthead says who is signed in
            if (context.User.Identity?.IsAuthenticated == true) headers.CacheControl = "private, no-store";
            return Task.CompletedTask;
        });
        return next();
    });

    private static bool IsPage(IHeaderDictionary headers) => headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal);
}
