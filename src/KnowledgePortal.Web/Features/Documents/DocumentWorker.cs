using KnowledgePortal.Web.Features.Nodes;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>Reads waiting files of a running site, one at a time.</summary>
public sealed partial class DocumentWorker(DocumentRound round, Leadership leadership, SiteState site, ILogger<DocumentWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (await site.IsSetUpAsync() && (await leadership.HoldAsync()).IsHeld) await ReadAsync(stopping);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The file keeps its attempt and comes again at its time; others must not wait for it.
                LogFailure(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    // Of several nodes one reads, and writes nothing more when another one has taken over.
    private async Task ReadAsync(CancellationToken stopping)
    {
        leadership.FenceFlow();
        while (await round.ReadNextAsync(stopping)) { }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "an attached file could not be read")]
    private partial void LogFailure(Exception error);
}
