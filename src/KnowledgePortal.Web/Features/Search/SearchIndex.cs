using System.Globalization;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Health;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// The site's search index. It follows the database by the cursor of <c>indexing_tasks</c>, which is stored in each commit of the index;
/// what is missing, damaged or of another version is built again from the database, never the other way round.
/// </summary>
public sealed class SearchIndex(
    Database database, ContentManager contents, IndexedDocuments documents, ThaiAnalyzer analyzer, PortalSettings settings, ILogger<SearchIndex> log) : IReadiness, IDisposable
{
    private const int BatchSize = 500;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IndexWriter? _writer;
    private volatile Searcher? _searcher;

    public long DocumentCount => _writer?.DocumentCount ?? 0;

    /// <summary>What can be found now; null until the index has been opened.</summary>
    public Searcher? Searcher => _searcher;

    /// <summary>Changes in the database that the index does not hold yet.</summary>
    public async Task<long> LagAsync()
    {
        await _gate.WaitAsync();
        try { return await database.FirstAsync<long>("select count(*) from indexing_tasks where id > @Cursor", new { Cursor = Cursor(Open()) }); }
        finally { _gate.Release(); }
    }

    public async Task<string?> WaitingForAsync() =>
        _searcher is null || await LagAsync() > 0 ? "the search index is catching up" : null;

    /// <summary>Brings the index up to the database; returns when what was there at the call is findable.</summary>
    public async Task CatchUpAsync()
    {
        await _gate.WaitAsync();
        try
        {
            var writer = Open();
            while (await AdvanceAsync(writer)) { }
            _searcher ??= writer.OpenSearcher();
        }
        finally { _gate.Release(); }
    }

    /// <summary>Forgets everything and builds the index again.</summary>
    public async Task RebuildAsync()
    {
        await _gate.WaitAsync();
        try
        {
            var writer = Open();
            writer.DeleteAll();
            Commit(writer, 0);
        }
        finally { _gate.Release(); }
        await CatchUpAsync();
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _gate.Dispose();
    }

    private IndexWriter Open()
    {
        if (_writer is not null) return _writer;
        try
        {
            _writer = IndexWriter.Open(settings.IndexFolder, SearchFields.Schema, analyzer);
        }
        catch (DamagedIndexException error)
        {
            log.LogWarning(error, "the search index is damaged; it is built again");
            Directory.Delete(settings.IndexFolder, recursive: true);
            _writer = IndexWriter.Open(settings.IndexFolder, SearchFields.Schema, analyzer);
        }
        if (_writer.CommitData is not null && !_writer.CommitData.StartsWith(Prefix, StringComparison.Ordinal)) _writer.DeleteAll();
        return _writer;
    }

    private async Task<bool> AdvanceAsync(IndexWriter writer)
    {
        var cursor = Cursor(writer);
        var tasks = await database.QueryAsync<(long Id, string ContentItemId)>(
            "select id, content_item_id from indexing_tasks where id > @cursor order by id limit @BatchSize", new { cursor, BatchSize });
        if (tasks.Count == 0) return false;
        var ids = tasks.Select(t => t.ContentItemId).ToList();
        // A first build meets every item anyway; later, a change also touches what is found through the changed item.
        if (cursor > 0) ids.AddRange(await DependentsAsync(ids));
        foreach (var id in ids.Distinct())
        {
            // What is not there any more is a delete, whatever the task says.
            var document = await contents.GetAsync(id) is { } item ? await documents.OfAsync(item) : null;
            if (document is null) writer.Delete(id);
            else writer.Update(document);
        }
        Commit(writer, tasks[^1].Id);
        return true;
    }

    private Task<IReadOnlyList<string>> DependentsAsync(IReadOnlyList<string> ids) => database.QueryAsync<string>(
        """
        select content_item_id from recording_index where session_id in @ids
        union select content_item_id from practice_index where told_in in @ids
        union select content_item_id from session_index where community_id in @ids
        union select c.content_item_id from content_terms c join term_index t on t.term_id = c.term_id where t.taxonomy_item_id in @ids
        """,
        new { ids });

    private void Commit(IndexWriter writer, long cursor)
    {
        writer.Commit(Prefix + cursor.ToString(CultureInfo.InvariantCulture));
        _searcher = writer.OpenSearcher();
    }

    private static string Prefix => $"v{SearchFields.Version}:";

    private static long Cursor(IndexWriter writer) =>
        writer.CommitData?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? long.Parse(writer.CommitData.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
}

/// <summary>Keeps the index of a running site up to date.</summary>
public sealed class IndexCatchUp(SearchIndex index, SiteState site, ILogger<IndexCatchUp> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval);
        do
        {
            try
            {
                if (await site.IsSetUpAsync()) await index.CatchUpAsync();
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
