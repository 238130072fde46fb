using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Hosting.Limits;

/// <summary>Which hosts the site answers for, and how often one address may search.</summary>
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
            options.AddPolicy(Searches, context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = settings.SearchesPerSecond * BurstInPeriods,
                    TokensPerPeriod = settings.SearchesPerSecond,
                    ReplenishmentPeriod = Period,
                }));
        });
        return services;
    }

    private static ValueTask AskToWait(OnRejectedContext context, CancellationToken cancellation)
    {
        context.HttpContext.Response.Headers.RetryAfter = Period.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }
}
