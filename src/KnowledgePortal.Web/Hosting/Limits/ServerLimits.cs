using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KnowledgePortal.Web.Hosting.Limits;

/// <summary>What one connection may ask of the server. Uploads raise the limit of the body for themselves.</summary>
public static class ServerLimits
{
    private const long Megabyte = 1024 * 1024;

    public static void Configure(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = 20_000;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = 4 * Megabyte;
        limits.MaxRequestLineSize = 16 * 1024; // a Thai letter takes nine bytes of an address
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
