using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>The 77 provinces: a map, and a page for each.</summary>
public sealed class ProvincesFeature : Feature
{
    public override string Id => "Provinces";

    public override IReadOnlyList<string> DependsOn => ["Sessions", "Practices"];

    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<ProvinceQueries>();
}
