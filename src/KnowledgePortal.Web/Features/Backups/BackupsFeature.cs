using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Copies of a whole site, and sites made of them.</summary>
public sealed class BackupsFeature : Feature
{
    public override string Id => "Backups";

    public override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<SiteBackup>().AddSingleton<BackupVerification>().AddSingleton<SiteRestore>();
}
