using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Features.Backups;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web;

/// <summary>What comes before anything else in a process that opens a site: its schema is brought up to date, and what a crash interrupted is ended.</summary>
public static class SiteStart
{
    public static async Task PrepareAsync(IServiceProvider site)
    {
        await site.GetRequiredService<SiteRestore>().FinishAsync();
        await site.GetRequiredService<Migrator>().UpgradeAsync();
        if (await site.GetRequiredService<SiteState>().IsSetUpAsync()) await site.GetRequiredService<MediaRecovery>().SettleAsync();
    }
}
