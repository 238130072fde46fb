using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>About, privacy, accessibility and other plain pages; and a page for items of types that were defined on the site.</summary>
public sealed class PagesFeature : Feature
{
    public override string Id => "Pages";

    public override IReadOnlyList<string> DependsOn => ["Media"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ShownFields>();
        services.AddSingleton<ShownParts>();
        services.AddSingleton<ItemLists>();
        services.AddSingleton<HomePath>();
        services.AddSingleton<SiteMenu>();
    }
}
