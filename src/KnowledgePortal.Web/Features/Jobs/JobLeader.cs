using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Nodes;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Jobs;

/// <summary>Keeps the node in the list and its lease alive, runs what other nodes asked for, and, after a node that led is gone, everything that it may have left.</summary>
public sealed partial class JobLeader(
    Leadership leadership, NodeList nodes, JobSchedule schedule, SiteState site, PortalSettings settings, ILogger<JobLeader> log) : BackgroundService
{
    private TimeSpan Interval => TimeSpan.FromSeconds(settings.LeaseSeconds / 4d);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (await site.IsSetUpAsync()) await RoundAsync();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Without the database nobody leads; the next round tries again.
                LogFailure(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await leadership.ReleaseAsync();
        }
        catch (BusyDatabaseException error)
        {
            LogFailure(error); // it ends by itself
        }
    }

    private async Task RoundAsync()
    {
        await nodes.SeenAsync();
        var (isHeld, isTakenOver) = await leadership.HoldAsync();
        if (!isHeld) return;
        if (isTakenOver)
        {
            LogTakeover();
            await schedule.RunAllSoonAsync();
        }
        await schedule.RunAskedAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the node could not say that it lives")]
    private partial void LogFailure(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "this node runs the jobs now: the one that did is gone")]
    private partial void LogTakeover();
}
