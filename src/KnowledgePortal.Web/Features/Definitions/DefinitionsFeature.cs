using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>The administrator's pages of content types, parts and fields.</summary>
public sealed class DefinitionsFeature : Feature
{
    public override string Id => "Definitions";

    public override IReadOnlyList<string> DependsOn => ["Members", "Editing"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<DefinitionRows>();
        services.AddSingleton<DefinitionChanges>();
        services.AddSingleton<DefinitionViews>();
        services.AddSingleton<SettingForms>();
        services.AddSingleton<TypeWriters>();
    }
}
