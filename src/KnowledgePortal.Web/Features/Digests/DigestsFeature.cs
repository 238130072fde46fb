using KnowledgePortal.Cms.Features;
using Quartz;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Mails about what is new, for those who asked: subscriptions, their digests, and the way to the mail server.</summary>
public sealed class DigestsFeature : Feature
{
    public override string Id => "Digests";

    public override IReadOnlyList<string> DependsOn => ["Members", "Jobs", "Sessions", "Practices", "Articles", "Provinces", "Search"];

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<Letterheads>().AddSingleton<Subscriptions>().AddSingleton<InterestChoices>().AddSingleton<DigestSample>();
        services.AddSingleton<DigestEntries>().AddSingleton<DigestRuns>().AddSingleton<DigestBuild>();
        services.AddSingleton<Deliveries>().AddSingleton<SenderLocks>().AddSingleton<DeliveryRound>().AddSingleton<DigestRound>();
        services.AddQuartz(scheduler => scheduler.ScheduleJob<DigestJob>(
            trigger => trigger.WithIdentity(DigestJob.Name).WithCronSchedule("0 * * * * ?"), job => job.WithIdentity(DigestJob.Name)));
    }
}
