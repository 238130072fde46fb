using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The item that stands at the root of the site, where one asks for that; otherwise the portal's own front page does.</summary>
public sealed class HomePath(HomeRoute home, ContentManager contents, ContentGeneration generation)
{
    private readonly PerGeneration<string?> _path = new(
        generation, async () => await home.FindAsync() is { } id && await contents.GetAsync(id) is { } item ? ShownFields.Path(item) : null);

    /// <summary>The item's address; null when there is no such item, or readers do not see it.</summary>
    public Task<string?> FindAsync() => _path.GetAsync();
}

/// <summary>Shows the item of <see cref="HomePath"/> at the root. Stands before routing.</summary>
public static class HomePathMiddleware
{
    public static IApplicationBuilder UseHomePath(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path == "/" && await context.RequestServices.GetRequiredService<HomePath>().FindAsync() is { } path) context.Request.Path = path;
        await next(context);
    });
}
