using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Whoever comes by the former address of a page is sent to where it is now.</summary>
public static class FormerAddresses
{
    /// <summary>Answers with 301 where nothing was found and a published item once was.</summary>
    public static IApplicationBuilder UseFormerAddresses(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        if (context.Response.StatusCode != StatusCodes.Status404NotFound || context.Response.HasStarted) return;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return;
        if (context.Request.Path.Value?.Trim('/') is not { Length: > 0 and <= AddressBook.Longest } path) return;
        if (await context.RequestServices.GetRequiredService<AddressBook>().RedirectAsync(path, await context.ViewersAsync()) is not { } now) return;
        // Where it is now may be for the eyes of this person alone.
        if (context.User.Identity is { IsAuthenticated: true }) context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Redirect(new PathString("/" + now).ToUriComponent() + context.Request.QueryString.ToUriComponent(), permanent: true);
    });
}
