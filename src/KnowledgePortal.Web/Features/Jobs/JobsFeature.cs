using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Features.Nodes;
using Quartz;

namespace KnowledgePortal.Web.Features.Jobs;

/// <summary>What the site does by itself at its times.</summary>
/// <remarks>
/// The schedule lives in memory: every job asks the database what is due and has been missed, so there is nothing about the schedule itself to keep.
/// Of several nodes one runs the jobs, see <see cref="Leadership"/>.
/// </remarks>
public sealed class JobsFeature : Feature
{
    public override string Id => "Jobs";

    public override IReadOnlyList<string> DependsOn => ["Nodes"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<JobRuns>().AddSingleton<JobSchedule>().AddHostedService<JobLeader>();
        services.AddQuartz(scheduler => scheduler.UseDefaultThreadPool(pool => pool.MaxConcurrency = 2));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
