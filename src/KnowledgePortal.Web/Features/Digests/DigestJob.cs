using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Hosting;
using Quartz;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Every minute what <c>send-digests</c> does.</summary>
[DisallowConcurrentExecution]
public sealed class DigestJob(DigestRound round, JobRuns runs, SiteState site, TimeProvider clock, IHostApplicationLifetime lifetime) : IJob
{
    public const string Name = "digests";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!await site.IsSetUpAsync()) return;
        await runs.RunAsync(Name, async () => (await round.RunAsync(clock.GetUtcNow(), lifetime.ApplicationStopping)).ToString());
    }
}
