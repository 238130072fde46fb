using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>Best practices and knowledge programmes.</summary>
public sealed class PracticesFeature : Feature
{
    public override string Id => "Practices";

    public override IReadOnlyList<string> DependsOn => ["Sessions"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<PracticeQueries>();
        services.AddSingleton<IContentHandler, PracticeHandler>();
    }
}
