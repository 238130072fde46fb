using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>Notices what operator verbs and other nodes have published: every change of readers' content leaves an indexing task with a new number.</summary>
public sealed partial class GenerationWatch(Database database, SiteState site, ContentGeneration generation, TimeProvider clock, ILogger<GenerationWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        long? seen = null;
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                if (!await site.IsSetUpAsync()) continue;
                var latest = await database.FirstAsync<long?>("select max(id) from indexing_tasks") ?? 0;
                if (seen is not null && seen != latest) generation.Rise();
                seen = latest;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Pages must not stay as they are because nobody can ask whether they changed.
                generation.Rise();
                LogFailure(error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "cannot see whether other processes have published")]
    private partial void LogFailure(Exception error);
}
