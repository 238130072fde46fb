using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Keeps the index of a running site up to date.</summary>
public sealed class IndexCatchUp(SearchIndex index, SuggestionTitles titles, SiteState site, ILogger<IndexCatchUp> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (!await site.IsSetUpAsync()) continue;
                await index.CatchUpAsync();
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
