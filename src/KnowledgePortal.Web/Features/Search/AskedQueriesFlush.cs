using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Writes the counts down now and then, and when the site stops.</summary>
public sealed class AskedQueriesFlush(AskedQueries asked, Database database, SiteState site, ILogger<AskedQueriesFlush> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellation)
    {
        await base.StopAsync(cancellation);
        database.Limit(LongestFarewell);
        await FlushAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stopping)) await FlushAsync();
    }

    private async Task FlushAsync()
    {
        try
        {
            if (!asked.IsIdle && await site.IsSetUpAsync()) await asked.FlushAsync();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Half a minute of counting is worth less than a running site.
            log.LogWarning(error, "the counts of what was searched could not be written");
        }
    }
}
