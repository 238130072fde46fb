using Quartz;

namespace KnowledgePortal.Web.Features.Jobs;

/// <summary>Recurring jobs by their names.</summary>
public sealed class JobSchedule(ISchedulerFactory schedulers)
{
    /// <summary>Runs the job as soon as it is free, besides its own times. Does nothing where no scheduler runs.</summary>
    public async Task RunSoonAsync(string job)
    {
        var scheduler = await schedulers.GetScheduler();
        if (await scheduler.Exists(new JobKey(job))) await scheduler.TriggerJob(new JobKey(job));
    }
}
