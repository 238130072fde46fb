using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Communities;

/// <summary>Communities of practice and their archives.</summary>
public sealed class CommunitiesFeature : Feature
{
    public override string Id => "Communities";

    public override IReadOnlyList<string> DependsOn => ["Sessions"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<CommunityQueries>();
        services.AddSingleton<IContentHandler, CommunityHandler>();
    }
}
