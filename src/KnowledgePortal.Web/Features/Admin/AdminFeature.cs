using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>The administrator's view of the site: its health, its jobs, its mail, who changed what.</summary>
public sealed class AdminFeature : Feature
{
    public override string Id => "Admin";

    public override IReadOnlyList<string> DependsOn => ["Nodes", "Members", "Search", "Jobs", "Documents", "Editing", "Digests", "Api"];

    public override void ConfigureServices(IServiceCollection services) => services.AddSingleton<SystemChecks>().AddSingleton<HeldSendings>();
}
