using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Hosting;
using Quartz;

namespace KnowledgePortal.Web.Features.Editing.Jobs;

/// <summary>Every minute: publishes and withdraws what is due.</summary>
[DisallowConcurrentExecution]
public sealed class ScheduledChangesJob(ScheduledRound round, JobRuns runs, SiteState site, TimeProvider clock, IHostApplicationLifetime lifetime) : IJob
{
    public const string Name = "scheduled-changes";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!await site.IsSetUpAsync()) return;
        await runs.RunAsync(Name, async () =>
        {
            var done = await round.RunAsync(clock.GetUtcNow(), lifetime.ApplicationStopping);
            return $"เผยแพร่ {done.Published:N0} ถอน {done.Archived:N0} ถึงเวลาแต่ยังเผยแพร่ไม่ได้ {done.Waiting:N0}";
        });
    }
}
