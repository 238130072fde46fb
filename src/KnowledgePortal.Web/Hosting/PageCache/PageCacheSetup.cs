using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>Cached pages for readers without a cookie; see <see cref="CachedPageAttribute"/>.</summary>
public static class PageCacheSetup
{
    private const long SizeLimit = 64 << 20;
    private const long LargestPage = 1 << 20;

    public static IServiceCollection AddPageCache(this IServiceCollection services) => services
        .AddSingleton<ContentGeneration>()
        .AddSingleton<IContentHandler>(provider => provider.GetRequiredService<ContentGeneration>())
        .AddHostedService<GenerationWatch>()
        .AddOutputCache(options => (options.SizeLimit, options.MaximumBodySize) = (SizeLimit, LargestPage));
}
