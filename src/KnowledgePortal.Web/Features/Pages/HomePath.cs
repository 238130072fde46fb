using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The item that stands at the root of the site, where one asks for that; otherwise the portal's own front page does.</summary>
public sealed class HomePath(HomeRoute home, ContentManager contents, ContentGeneration generation)
{
    private readonly PerGeneration<string?> _id = new(generation, home.FindAsync);

    /// <summary>The item's address; null when there is no such item, or whoever asks does not see it.</summary>
    public async Task<string?> FindAsync(HttpContext context) =>
        await _id.GetAsync() is { } id && await contents.GetAsync(id, await context.ViewersAsync()) is { } item ? ShownFields.Path(item) : null;
}

/// <summary>Shows the item of <see cref="HomePath"/> at the root. Stands before routing.</summary>
public static class HomePathMiddleware
{
    public static IApplicationBuilder UseHomePath(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path == "/" && await context.RequestServices.GetRequiredService<HomePath>().FindAsync(context) is { } path) context.Request.Path = path;
        await next(context);
    });
}
