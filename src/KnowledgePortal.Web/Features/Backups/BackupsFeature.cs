using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>Copies of a whole site, and sites made of them.</summary>
public sealed class BackupsFeature : Feature
{
    public override string Id => "Backups";

    public override void ConfigureServices(IServiceCollection services) =>
        services
            .AddSingleton<IDatabaseCopy>(site => site.GetRequiredService<PortalSettings>().Database is { } server ? new PostgresCopy(server, site.GetRequiredService<Database>()) : new SqliteCopy(site.GetRequiredService<Database>()))
            .AddSingleton<SiteBackup>().AddSingleton<BackupVerification>().AddSingleton<SiteRestore>();
}
