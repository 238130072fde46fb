using Microsoft.AspNetCore.OutputCaching;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>
/// Keeps an action's pages for readers who send no cookie, already compressed. Only for what is the same for every such reader and changes with
/// published content alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CachedPageAttribute : Attribute, IOutputCachePolicy
{
    // Pages speak of "next" and "today".
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private const int LongestQuery = 200;
    private const int LongestEncoding = 100;

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var isForAll = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && request.Headers.Cookie.Count == 0 && request.Headers.Authorization.Count == 0 && context.HttpContext.User.Identity?.IsAuthenticated != true
            && (request.QueryString.Value?.Length ?? 0) <= LongestQuery && request.Headers.AcceptEncoding.ToString().Length <= LongestEncoding;
        context.EnableOutputCaching = isForAll;
        context.AllowCacheLookup = isForAll;
        context.AllowCacheStorage = isForAll;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = Kept;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["generation"] = context.HttpContext.RequestServices.GetRequiredService<ContentGeneration>().Current.ToString("x", null);
        context.CacheVaryByRules.VaryByValues["encoding"] = Encoding(request.Headers.AcceptEncoding.ToString());
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0
            && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase);
        return ValueTask.CompletedTask;
    }

    // Browsers send one of few lists; whoever weighs them gets an entry of his own.
    private static string Encoding(string accepted) =>
        accepted.Contains('=') ? accepted : accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
}
