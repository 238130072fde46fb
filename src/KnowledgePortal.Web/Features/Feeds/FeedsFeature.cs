using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>Atom feeds and the sitemap.</summary>
public sealed class FeedsFeature : Feature
{
    public override string Id => "Feeds";

    public override IReadOnlyList<string> DependsOn => ["Communities", "Sessions", "Recordings", "Practices", "Articles", "Provinces", "Topics"];

    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<FeedQueries>().AddSingleton<FeedSubjects>();
}
