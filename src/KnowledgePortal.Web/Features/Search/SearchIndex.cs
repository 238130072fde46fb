using System.Globalization;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Health;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// The site's search index. It follows the database by a cursor that is stored in each commit of the index; what is missing, damaged or of another
/// version is built again from the database, never the other way round. One process owns the index of a data folder; others wait for it.
/// </summary>
public sealed class SearchIndex(
    IndexingQueue queue, IndexedDocuments documents, ThaiAnalyzer analyzer, PortalSettings settings, ILogger<SearchIndex> log) : IReadiness, IDisposable
{
    private const int BatchSize = 500;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IndexWriter? _writer;
    private volatile Searcher? _searcher;

    public long DocumentCount => _writer?.DocumentCount ?? 0;

    /// <summary>What can be found now; null until the index has been opened.</summary>
    public Searcher? Searcher => _searcher;

    /// <summary>True while much is missing: before the index has been opened, and while it is built.</summary>
    public bool IsCatchingUp { get; private set; } = true;

    /// <summary>Changes in the database that the index does not hold yet.</summary>
    public async Task<long> LagAsync() => await queue.CountAfterAsync(await queue.OwnersCursorAsync(await queue.GenerationAsync()));

    public async Task<string?> WaitingForAsync() =>
        _searcher is null || await LagAsync() > 0 ? "the search index is catching up" : null;

    /// <summary>Brings the index up to the database, or waits until the running site that owns it has; then what was there at the call is findable.</summary>
    /// <exception cref="TimeoutException">The owner of the index makes no progress.</exception>
    public async Task CatchUpAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (TryOpen() is not { } writer)
            {
                await queue.WaitForOwnerAsync();
                return;
            }
            while (await AdvanceAsync(writer)) { }
            IsCatchingUp = false;
            _searcher ??= writer.OpenSearcher();
        }
        finally { _gate.Release(); }
    }

    /// <summary>What can be found once everything is that was published before the call, also where another process owns the index.</summary>
    /// <exception cref="TimeoutException">The owner of the index makes no progress.</exception>
    public async Task<Searcher> CaughtUpAsync()
    {
        await CatchUpAsync();
        return _searcher ?? Searcher.Open(settings.IndexFolder, SearchFields.Schema, analyzer);
    }

    /// <summary>Has the index built again, by whichever process owns it; returns when that is done.</summary>
    public async Task RebuildAsync()
    {
        await queue.RaiseGenerationAsync();
        await CatchUpAsync();
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _gate.Dispose();
    }

    private IndexWriter? TryOpen()
    {
        if (_writer is not null) return _writer;
        try
        {
            return _writer = Open();
        }
        catch (DamagedIndexException error)
        {
            log.LogWarning(error, "the search index is damaged or of another version; it is built again");
            Directory.Delete(settings.IndexFolder, recursive: true);
            return _writer = Open();
        }
        catch (IndexLockedException)
        {
            return null;
        }
    }

    private IndexWriter Open() => IndexWriter.Open(settings.IndexFolder, SearchFields.Schema, analyzer);

    private async Task<bool> AdvanceAsync(IndexWriter writer)
    {
        var generation = await queue.GenerationAsync();
        var position = Position.Of(writer);
        if (position.Version != SearchFields.Version || position.Generation != generation)
        {
            position = new Position(SearchFields.Version, generation, 0);
            IsCatchingUp = true;
            writer.DeleteAll();
            await CommitAsync(writer, position);
        }
        var tasks = await queue.AfterAsync(position.Cursor, BatchSize);
        if (tasks.Count == 0) return false;
        IsCatchingUp = tasks.Count == BatchSize;
        var ids = tasks.Select(t => t.ContentItemId).ToList();
        // A first build meets every item anyway; later, a change also touches what is found through the changed item.
        if (position.Cursor > 0) ids.AddRange(await queue.DependentsAsync(ids));
        foreach (var id in ids.Distinct())
        {
            // What is not there any more is a delete, whatever the task says.
            if (await documents.OfAsync(id) is { } document) writer.Update(document);
            else writer.Delete(id);
        }
        await CommitAsync(writer, position with { Cursor = tasks[^1].Id });
        return true;
    }

    private async Task CommitAsync(IndexWriter writer, Position position)
    {
        writer.Commit(position.ToString());
        _searcher = writer.OpenSearcher();
        await queue.SaveCursorAsync(position.Generation, position.Cursor);
    }

    /// <summary>What an index holds, as its commits say it.</summary>
    private sealed record Position(int Version, int Generation, long Cursor)
    {
        public static Position Of(IndexWriter writer)
        {
            var parts = (writer.CommitData ?? "").Split('.');
            return parts.Length == 3 && int.TryParse(parts[0], out var version) && int.TryParse(parts[1], out var generation) && long.TryParse(parts[2], out var cursor)
                ? new Position(version, generation, cursor)
                : new Position(0, 0, 0);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{Generation}.{Cursor}");
    }
}
