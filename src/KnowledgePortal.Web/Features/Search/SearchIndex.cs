using KnowledgePortal.Cms.Data;
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
    private string _reason = "missing";

    public long DocumentCount => _writer?.DocumentCount ?? 0;

    /// <summary>What can be found now; null until the index has been opened, and while a damaged one has not been set aside yet.</summary>
    public Searcher? Searcher => _searcher is { IsUntouched: true } searcher ? searcher : null;

    /// <summary>True while much is missing: before the index has been opened, and while it is built.</summary>
    public bool IsCatchingUp { get; private set; } = true;

    /// <summary>True while a process has the index of this data folder open: while the site runs.</summary>
    public static bool IsOwned(PortalSettings settings) => IndexWriter.IsOpen(settings.IndexFolder);

    /// <summary>Changes in the database that the index does not hold yet.</summary>
    public async Task<long> LagAsync() => await queue.CountAfterAsync(await queue.OwnersCursorAsync(await queue.GenerationAsync()));

    /// <summary>How the index is, also in a process that does not own it.</summary>
    public async Task<IndexHealth> HealthAsync()
    {
        var files = Directory.Exists(settings.IndexFolder) ? new DirectoryInfo(settings.IndexFolder).GetFiles() : [];
        return new IndexHealth
        {
            Documents = Searcher?.DocumentCount ?? Peek()?.DocumentCount,
            Bytes = files.Sum(f => f.Exists ? f.Length : 0),
            Segments = files.Count(f => f.Extension == ".segment"),
            Lag = await LagAsync(),
            LastRebuild = await queue.LastRebuildAsync(),
            DamagedKeptUtc = Directory.Exists(settings.DamagedIndexFolder) ? Directory.GetLastWriteTimeUtc(settings.DamagedIndexFolder) : null,
        };
    }

    // Only looked at: what is wrong with it, its owner will find.
    private Searcher? Peek()
    {
        try
        {
            return KnowledgePortal.Search.Queries.Searcher.Open(settings.IndexFolder, SearchFields.Schema, analyzer);
        }
        catch (DamagedIndexException)
        {
            return null;
        }
    }

    public async Task<string?> WaitingForAsync() =>
        Searcher is null || await LagAsync() > 0 ? "the search index is catching up" : null;

    /// <summary>Brings the index up to the database, or waits until the running site that owns it has; then what was there at the call is findable.</summary>
    /// <exception cref="TimeoutException">The owner of the index makes no progress.</exception>
    public async Task CatchUpAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_writer is { IsWhole: false }) SetAside(null);
            try
            {
                await FollowOrWaitAsync();
            }
            catch (DamagedIndexException error)
            {
                SetAside(error);
                await FollowOrWaitAsync();
            }
        }
        finally { _gate.Release(); }
    }

    /// <summary>What can be found once everything is that was published before the call, also where another process owns the index.</summary>
    /// <exception cref="TimeoutException">The owner of the index makes no progress.</exception>
    public async Task<Searcher> CaughtUpAsync()
    {
        await CatchUpAsync();
        return _searcher ?? KnowledgePortal.Search.Queries.Searcher.Open(settings.IndexFolder, SearchFields.Schema, analyzer);
    }

    /// <summary>Has the index built again, by whichever process owns it; returns when that is done. Until then readers find what was there before.</summary>
    public async Task RebuildAsync()
    {
        await AskForRebuildAsync();
        await CatchUpAsync();
    }

    /// <summary>Has the index built again, by whichever process owns it; returns at once.</summary>
    public Task AskForRebuildAsync() => queue.RaiseGenerationAsync();

    public void Dispose()
    {
        _writer?.Dispose();
        _gate.Dispose();
    }

    private async Task FollowOrWaitAsync()
    {
        if (TryOpen() is { } writer) await FollowAsync(writer);
        else await queue.WaitForOwnerAsync();
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
            SetAside(error);
            return _writer = Open();
        }
        catch (IndexLockedException)
        {
            return null;
        }
    }

    // The engine knows nothing of the portal's fail-points; its steps go by the kind of file.
    static SearchIndex()
    {
        if (FailPoint.IsArmed) IndexWriter.FailPoint = (file, step) => FailPoint.Reach($"index{Path.GetExtension(file)}.{step.Replace(' ', '-')}");
    }

    private IndexWriter Open() => IndexWriter.Open(settings.IndexFolder, SearchFields.Schema, analyzer);

    // One damaged index is kept, so that somebody can look at it; more would fill the disk.
    private void SetAside(DamagedIndexException? error)
    {
        log.LogWarning(error, "the search index is damaged or of another version; it is kept in {Folder} and built again", settings.DamagedIndexFolder);
        (_searcher, _reason, IsCatchingUp) = (null, "damaged", true);
        _writer?.Dispose();
        _writer = null;
        if (!Directory.Exists(settings.IndexFolder)) return;
        if (Directory.Exists(settings.DamagedIndexFolder)) Directory.Delete(settings.DamagedIndexFolder, recursive: true);
        Directory.Move(settings.IndexFolder, settings.DamagedIndexFolder);
    }

    private async Task FollowAsync(IndexWriter writer)
    {
        var generation = await queue.GenerationAsync();
        var position = IndexPosition.Read(writer.CommitData);
        // Removals that a node has not followed are gone with its cursor.
        var isLost = position.Cursor > 0 && !await queue.IsKnownAsync();
        if (position.Version != SearchFields.Version || position.Generation != generation || isLost)
        {
            var isNew = writer.OpenSearcher().DocumentCount == 0;
            await queue.BeginRebuildAsync(isNew ? _reason : position.Version != SearchFields.Version ? "another version" : isLost ? "away for long" : "asked for");
            position = await RebuildAsync(writer, new IndexPosition(SearchFields.Version, generation, 0), isNew);
        }
        while (await LoadAsync(position.Cursor) is { } batch)
        {
            IsCatchingUp = batch.Ids.Count >= BatchSize;
            FailPoint.Reach("index.before-batch");
            batch.ApplyTo(writer);
            position = position with { Cursor = batch.Last };
            await CommitAsync(writer, position);
        }
        IsCatchingUp = false;
        if (await queue.LastRebuildAsync() is { EndedUtc: null }) await queue.EndRebuildAsync(writer.DocumentCount);
        _searcher ??= writer.OpenSearcher();
    }

    /// <summary>
    /// Builds everything. Nothing is committed before the end, so that readers go on with the documents that were there; but an index that holds none shows
    /// them as they come. While a batch is being indexed, the next one is read.
    /// </summary>
    private async Task<IndexPosition> RebuildAsync(IndexWriter writer, IndexPosition position, bool isNew)
    {
        // What stays findable meanwhile must be there from the first request on.
        if (!isNew) _searcher ??= writer.OpenSearcher();
        IsCatchingUp = true;
        writer.DeleteAll();
        if (isNew) await CommitAsync(writer, position);
        // What changes from here on is followed afterwards, with what depends on it.
        var goal = await queue.LastAsync();
        var loading = LoadAsync(0, goal);
        while (await loading is { } batch)
        {
            loading = Task.Run(() => LoadAsync(batch.Last, goal));
            batch.ApplyTo(writer);
            // Others see by the cursor that it goes on; it stays behind the last batch until that is committed.
            if (!isNew) await queue.SaveCursorAsync(position.Generation, position.Cursor);
            position = position with { Cursor = batch.Last };
            if (isNew) await CommitAsync(writer, position);
        }
        if (!isNew) await CommitAsync(writer, position);
        return position;
    }

    /// <summary>The next changes; null when there are none. Without a goal they come with what is found through them.</summary>
    private async Task<IndexingBatch?> LoadAsync(long cursor, long? goal = null)
    {
        var tasks = await queue.AfterAsync(cursor, goal ?? long.MaxValue, BatchSize);
        if (tasks.Count == 0) return null;
        var ids = tasks.Select(t => t.ContentItemId).ToList();
        if (goal is null) ids = [.. ids.Concat(await queue.DependentsAsync(ids)).Distinct()];
        return new IndexingBatch(ids, await documents.OfAsync(ids), tasks[^1].Id);
    }

    private async Task CommitAsync(IndexWriter writer, IndexPosition position)
    {
        FailPoint.Reach("index.before-commit");
        writer.Commit(position.ToString());
        FailPoint.Reach("index.after-commit");
        _searcher = writer.OpenSearcher();
        await queue.SaveCursorAsync(position.Generation, position.Cursor);
    }
}
