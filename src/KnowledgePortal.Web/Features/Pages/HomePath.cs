using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The item that stands at the root of the site, where one asks for that; otherwise the portal's own front page does.</summary>
public sealed class HomePath(HomeRoute home, ContentManager contents, ContentGeneration generation)
{
    private volatile Known? _known;

    /// <summary>The item's address; null when there is no such item, or readers do not see it.</summary>
    public async Task<string?> FindAsync()
    {
        var current = generation.Current;
        if (_known is { } known && known.Generation == current) return known.Path;
        var path = await home.FindAsync() is { } id && await contents.GetAsync(id) is { } item ? ShownFields.Path(item) : null;
        _known = new Known(current, path);
        return path;
    }

    private sealed record Known(long Generation, string? Path);
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
