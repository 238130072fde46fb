using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Hosting.Limits;

/// <summary>Which hosts the site answers for, how often one address may search, and how often anybody may send something.</summary>
public static class RequestLimits
{
    /// <summary>For <c>[EnableRateLimiting]</c> on what costs more than a page: searches, suggestions, the API.</summary>
    public const string Searches = "searches";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // A ministry's readers may share one address: the burst serves many people, the rate stops a machine.
    private const int BurstInPeriods = 10;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        services.AddOptions<HostFilteringOptions>().Configure<PortalSettings>((options, settings) =>
            options.AllowedHosts = ["127.0.0.1", "localhost", "[::1]", .. settings.Url is { } url ? [new Uri(url).IdnHost] : Array.Empty<string>()]);
        services.AddRateLimiter(_ => { }).AddOptions<RateLimiterOptions>().Configure<PortalSettings>((options, settings) =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = AskToWait;
            options.AddPolicy(Searches, context => Bucket(Address(context), settings.SearchesPerSecond));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
                    ? RateLimitPartition.GetNoLimiter("")
                    : Bucket(context.User.Identity?.Name ?? Address(context), settings.ChangesPerSecond));
        });
        return services;
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static RateLimitPartition<string> Bucket(string who, int perSecond) => RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = perSecond * BurstInPeriods,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = Period,
    });

    private static ValueTask AskToWait(OnRejectedContext context, CancellationToken cancellation)
    {
        context.HttpContext.Response.Headers.RetryAfter = Period.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
