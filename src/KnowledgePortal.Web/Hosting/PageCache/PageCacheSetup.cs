using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>Cached pages for readers without a cookie; see <see cref="CachedPageAttribute"/>.</summary>
public static class PageCacheSetup
{
    private const long SizeLimit = 64 << 20;
    private const long LargestPage = 1 << 20;

    /// <summary>What operator verbs need as well.</summary>
    public static IServiceCollection AddContentGeneration(this IServiceCollection services) => services
        .AddSingleton<ContentGeneration>()
        .AddSingleton<PublishedTerms>()
        .AddSingleton<IContentHandler>(provider => provider.GetRequiredService<ContentGeneration>());

    public static IServiceCollection AddPageCache(this IServiceCollection services) => services
        .AddHostedService<GenerationWatch>()
        .AddOutputCache(options => (options.SizeLimit, options.MaximumBodySize) = (SizeLimit, LargestPage));
}
