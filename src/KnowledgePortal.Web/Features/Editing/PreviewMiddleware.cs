using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>
/// Shows a draft, or an old version, as its readers will see it: it is published in a transaction, its page is rendered by the pipeline reading through
/// that transaction, and nothing is committed. Stands after authentication and before routing.
/// </summary>
public static partial class PreviewMiddleware
{
    /// <summary>In <c>HttpContext.Items</c> while a preview is rendered: a <see cref="Preview"/>, for the band of the layout.</summary>
    public const string Flag = "Preview";

    public static IApplicationBuilder UsePreview(this IApplicationBuilder app) => app.Use(async (HttpContext context, RequestDelegate next) =>
    {
        var match = Address().Match(HttpMethods.IsGet(context.Request.Method) ? context.Request.Path : "");
        var (id, version) = (match.Groups["id"].Value, match.Groups["version"].Value);
        var services = context.RequestServices;
        var visitor = context.User.ToVisitor();
        if (id.Length == 0 || await services.GetRequiredService<EditorAccess>().FindAsync(id, visitor, ContentAction.Preview) is not { } item)
        {
            await next(context);
            return;
        }
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            return Task.CompletedTask;
        });
        var database = services.GetRequiredService<Database>();
        var lifecycle = services.GetRequiredService<ContentLifecycle>();
        using var page = new MemoryStream();
        await using (var transaction = await database.BeginAsync())
        {
            var old = version.Length == 0 ? null : await services.GetRequiredService<ContentManager>().VersionAsync(id, version);
            if (version.Length > 0)
            {
                if (old is null)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }
                item = await lifecycle.RestoreAsync(id, version, visitor.Actor(), transaction);
            }
            var isSound = (await lifecycle.ValidateAsync(item, transaction)).Count == 0;
            if (isSound) await lifecycle.PublishAsync(id, visitor.Actor(), transaction);
            // The flow of this method stays on the stack while the page is rendered, so what it reads through reaches the page.
            database.ReadThrough(transaction);
            try
            {
                if (!isSound || await services.GetRequiredService<ItemQueries>().PathAsync(item) is not { } path)
                {
                    context.Response.Redirect(old is null ? $"/manage/items/{id}?check=true" : $"/manage/items/{id}/compare?to={version}&seen=false");
                    return;
                }
                await RenderAsync(context, next, "/" + path, new Preview(id, old), page);
            }
            finally
            {
                database.ReadThrough(null);
            }
        }
        // Only now, with the database free again, does the reader's line set the pace.
        page.Position = 0;
        if (page.Length > 0) await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    });

    private static async Task RenderAsync(HttpContext context, RequestDelegate next, string path, Preview preview, Stream page)
    {
        var (address, body) = (context.Request.Path, context.Response.Body);
        context.Items[Flag] = preview;
        context.Request.Path = path;
        context.Response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
            context.Request.Path = address;
        }
    }

    // An imported version's id may be any text that an address can hold.
    [GeneratedRegex("^/manage/items/(?<id>[0-9a-hjkmnp-tv-z]{26})/(versions/(?<version>[^/]{1,50})/)?preview$", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}

/// <summary>What is shown before its time, or after it: <paramref name="Version"/> is null for the latest version.</summary>
public sealed record Preview(string ContentItemId, ContentItem? Version);
