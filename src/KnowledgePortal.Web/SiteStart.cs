using System.Diagnostics;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Backups;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web;

/// <summary>What comes before anything else in a process that opens a site: its schema is brought up to date, and what a crash interrupted is ended.</summary>
public static class SiteStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Begins again while the database cannot answer, for a while: machines boot together, and of many nodes that start at once one makes the site while
    /// the others wait. What was begun must be safe to be begun again.
    /// </summary>
    public static async Task<T> PatientlyAsync<T>(Func<Task<T>> begin)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(BetweenAttempts))
        {
            try
            {
                return await begin();
            }
            catch (BusyDatabaseException error) when (watch.Elapsed < Patience)
            {
                Console.Error.WriteLine(Words.Pick("ฐานข้อมูลยังไม่พร้อม กำลังลองใหม่", "the database is not ready, trying again") + ": " + error.InnerException!.Message);
            }
        }
    }

    public static async Task PrepareAsync(IServiceProvider site)
    {
        await site.GetRequiredService<SiteRestore>().FinishAsync();
        await site.GetRequiredService<Migrator>().UpgradeAsync();
        if (await site.GetRequiredService<SiteState>().IsSetUpAsync()) await site.GetRequiredService<MediaRecovery>().SettleAsync();
    }
}
