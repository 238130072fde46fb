using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>The Atom feed and the sitemap.</summary>
public sealed class FeedsFeature : Feature
{
    public override string Id => "Feeds";

    public override IReadOnlyList<string> DependsOn => ["Sessions", "Practices", "Provinces", "Topics"];
}
