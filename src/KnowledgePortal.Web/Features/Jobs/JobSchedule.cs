using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Nodes;
using Quartz;

namespace KnowledgePortal.Web.Features.Jobs;

/// <summary>Recurring jobs by their names.</summary>
public sealed class JobSchedule(ISchedulerFactory schedulers, Leadership leadership, Database database)
{
    /// <summary>Runs the job as soon as it is free, besides its own times, on the node that runs the jobs. Does nothing where no scheduler runs.</summary>
    public async Task RunSoonAsync(string job)
    {
        var scheduler = await schedulers.GetScheduler();
        if (!await scheduler.Exists(new JobKey(job))) return;
        if ((await leadership.HoldAsync()).IsHeld)
        {
            await scheduler.TriggerJob(new JobKey(job));
            return;
        }
        await using var transaction = await database.BeginAsync(isDurable: false);
        await transaction.ExecuteAsync("insert into job_requests (job) values (@job) on conflict (job) do nothing", new { job });
        await transaction.CommitAsync();
    }

    /// <summary>Runs what was asked for on other nodes.</summary>
    public async Task RunAskedAsync()
    {
        if (await database.FirstAsync<string>("select job from job_requests limit 1") is null) return;
        await using var transaction = await database.BeginAsync();
        var jobs = await transaction.QueryAsync<string>("delete from job_requests returning job");
        await transaction.CommitAsync();
        var scheduler = await schedulers.GetScheduler();
        foreach (var job in jobs)
            if (await scheduler.Exists(new JobKey(job))) await scheduler.TriggerJob(new JobKey(job));
    }

    /// <summary>Runs every job: each asks the tables what is due, and finds what another node has left.</summary>
    public async Task RunAllSoonAsync()
    {
        var scheduler = await schedulers.GetScheduler();
        foreach (var job in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup())) await scheduler.TriggerJob(job);
    }
}
