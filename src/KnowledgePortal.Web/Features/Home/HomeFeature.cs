using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Home;

/// <summary>The front page.</summary>
public sealed class HomeFeature : Feature
{
    public override string Id => "Home";

    public override IReadOnlyList<string> DependsOn => ["Sessions", "Practices", "Provinces", "Search"];
}
