using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>What must be true of the site at every moment, and whether it is.</summary>
public sealed class ChecksFeature : Feature
{
    public override string Id => "Checks";

    public override IReadOnlyList<string> DependsOn => ["Media", "Documents", "Search", "Digests"];

    public override void ConfigureServices(IServiceCollection services) => services
        .AddSingleton<SiteCheck>()
        .AddSingleton<IInvariant, DatabaseInvariant>()
        .AddSingleton<IInvariant, VersionInvariant>()
        .AddSingleton<IInvariant, DerivedInvariant>()
        .AddSingleton<IInvariant, MediaInvariant>()
        .AddSingleton<IInvariant, QueueInvariant>()
        .AddSingleton<IInvariant, SearchInvariant>();
}
