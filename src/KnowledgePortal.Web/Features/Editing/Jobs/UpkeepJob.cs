using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Hosting;
using Quartz;

namespace KnowledgePortal.Web.Features.Editing.Jobs;

/// <summary>Every night, at 3.20 in Thailand: ends what was removed long enough ago, and drops old versions by rule.</summary>
[DisallowConcurrentExecution]
public sealed class UpkeepJob(RemovedItems removed, VersionRetention retention, JobRuns runs, SiteState site, IHostApplicationLifetime lifetime) : IJob
{
    public const string Name = "content-upkeep";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (!await site.IsSetUpAsync()) return;
        await runs.RunAsync(Name, async () =>
        {
            var now = context.FireTimeUtc;
            var purged = await removed.PurgeAsync(now, lifetime.ApplicationStopping);
            return $"ลบถาวร {purged:N0} รายการ ตัดฉบับเก่า {await retention.RunAsync(now, lifetime.ApplicationStopping):N0} ฉบับ";
        });
    }
}
