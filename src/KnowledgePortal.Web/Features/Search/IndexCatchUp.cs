using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Keeps the index of a running site up to date.</summary>
public sealed class IndexCatchUp(SearchIndex index, IndexingQueue queue, SuggestionTitles titles, SiteState site, ILogger<IndexCatchUp> log) : BackgroundService
{
    private const long RoundsToForget = 3600;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        var round = 0L;
        do
        {
            try
            {
                if (!await site.IsSetUpAsync()) continue;
                await index.CatchUpAsync();
                if (round++ % RoundsToForget == 0) await queue.ForgetAsync();
                if (index.Searcher is { } searcher) await titles.WarmAsync(searcher);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Indexing must not take the site down: readiness reports the lag, and the next round tries again.
                log.LogError(error, "the search index could not catch up");
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
