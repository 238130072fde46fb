using System.Text;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Adds, replaces and deletes documents. Changes become visible and permanent together with <see cref="Commit"/>; what was not committed is lost
/// when the writer is disposed or the process ends. One writer per folder, usable by many threads, which take turns.
/// </summary>
public sealed class IndexWriter : IDisposable
{
    /// <summary>Estimated bytes after which buffered documents are written as a segment; the process needs about three times as much.</summary>
    private const long BufferSize = 32 << 20;

    private const int MostSegments = 16;

    /// <summary>
    /// For tests that break off: called with a file and what is about to be done to it (create, write, synchronize, rename, synchronize folder); null for never.
    /// </summary>
    public static Action<string, string>? FailPoint
    {
        get => DurableFile.FailPoint;
        set => DurableFile.FailPoint = value;
    }

    private readonly Lock _gate = new();
    private readonly IndexFolder _folder;
    private readonly IndexSchema _schema;
    private readonly ThaiAnalyzer _analyzer;
    private readonly string _fingerprint;
    private readonly BackgroundMerge _merge;
    private List<SegmentView> _segments;
    private Dictionary<string, CommittedSegment> _files;
    private SegmentBuffer _buffer;
    private long _nextNumber;
    private long _committedNumber;
    private int _segmentCount;
    private bool _hasChanges;
    private bool _isDisposed;
    private volatile Searcher _searcher;

    private IndexWriter(IndexFolder folder, IndexSchema schema, ThaiAnalyzer analyzer)
    {
        _folder = folder;
        _schema = schema;
        _analyzer = analyzer;
        _fingerprint = CommittedIndex.Fingerprint(schema, analyzer);
        _buffer = new SegmentBuffer(schema, analyzer);
        _merge = new BackgroundMerge(_gate, schema, folder.Path);
        if (folder.IsNew)
            new CommitPoint(_fingerprint, 0, null, []).Write(folder.Path);
        (var point, _segments) = CommittedIndex.Open(folder.Path, _fingerprint, schema);
        (_nextNumber, CommitData) = (point.NextNumber, point.CommitData);
        (_committedNumber, _segmentCount) = (point.NextNumber, point.Segments.Count);
        _files = point.Segments.ToDictionary(segment => segment.Name);
        DeleteUnused(point);
        _searcher = new Searcher(_segments, schema, analyzer, CommitData);
    }

    /// <summary>The string given to the last commit; null before the first.</summary>
    public string? CommitData { get; private set; }

    /// <summary>Documents in the index, changes that are not committed yet included.</summary>
    public long DocumentCount
    {
        get
        {
            lock (_gate)
                return _segments.Sum(segment => (long)segment.Live.LiveCount) + _buffer.LiveCount;
        }
    }

    /// <summary>Segments of the last commit.</summary>
    public int SegmentCount => Volatile.Read(ref _segmentCount);

    /// <summary>
    /// False when the last commit could no longer be opened from the folder: a file of it is gone, was changed, or another commit lies in its place. Cheap enough
    /// to be asked every second; contents are compared only of the small files.
    /// </summary>
    public bool IsWhole
    {
        get
        {
            lock (_gate)
            {
                try
                {
                    var point = CommitPoint.Read(_folder.Path, _fingerprint);
                    return point.NextNumber == _committedNumber && point.Segments.All(IsThere);
                }
                catch (DamagedIndexException)
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Opens the index in a folder, or makes an empty one where there is none. Every byte is compared with its checksum.</summary>
    /// <exception cref="DamagedIndexException">The index is damaged or was made with another schema, analyzer or version: delete the folder and build it anew.</exception>
    /// <exception cref="IOException">Another writer has it open, or the folder cannot be written.</exception>
    public static IndexWriter Open(string folder, IndexSchema schema, ThaiAnalyzer analyzer)
    {
        var locked = new IndexFolder(folder);
        try
        {
            return new IndexWriter(locked, schema, analyzer);
        }
        catch
        {
            locked.Dispose();
            throw;
        }
    }

    /// <summary>True while a writer, of whichever process, has the index in this folder open.</summary>
    public static bool IsOpen(string folder)
    {
        if (!Directory.Exists(folder))
            return false;
        try
        {
            new IndexFolder(folder).Dispose();
            return false;
        }
        catch (IndexLockedException)
        {
            return true;
        }
    }

    /// <summary>Adds a document, or replaces the one with the same key.</summary>
    /// <exception cref="ArgumentException">The document has a field that the schema does not name.</exception>
    public void Update(Document document)
    {
        lock (_gate)
        {
            Delete(document.Key);
            _hasChanges = true;
            _buffer.Add(document);
            if (_buffer.Size > BufferSize)
                Flush();
        }
    }

    /// <summary>Deletes the document with this key, if there is one.</summary>
    public void Delete(string key)
    {
        lock (_gate)
        {
            _hasChanges = true;
            _buffer.Delete(key);
            var bytes = Encoding.UTF8.GetBytes(key);
            for (var i = 0; i < _segments.Count; i++)
            {
                var document = _segments[i].Reader.FindKey(bytes, _segments[i].Live);
                if (document >= 0)
                    _segments[i] = _segments[i] with { Live = _segments[i].Live.Without([document]) };
            }
        }
    }

    /// <summary>Deletes every document.</summary>
    public void DeleteAll()
    {
        lock (_gate)
        {
            _hasChanges = true;
            _segments.Clear();
            _buffer = new SegmentBuffer(_schema, _analyzer);
        }
    }

    /// <summary>
    /// Makes all changes permanent and visible, atomically: after a crash at any moment the index is as it was after this commit or the one before.
    /// Segments are merged afterwards, on a thread of its own.
    /// </summary>
    /// <param name="commitData">Kept with the commit and given back by <see cref="CommitData"/>, such as the position up to which a database was indexed.</param>
    /// <exception cref="DamagedIndexException">Somebody else has changed a file of the index.</exception>
    /// <exception cref="IOException">The disk refused; the last commit stays valid, the changes stay in memory and may be committed again.</exception>
    public void Commit(string commitData)
    {
        lock (_gate)
        {
            BackgroundMerge.RequireUntouched(_segments);
            Flush();
            WriteCommit(commitData);
            StartMerge();
        }
        // Many commits at once must not leave merging behind.
        if (Volatile.Read(ref _segmentCount) > MostSegments)
            _merge.Wait();
    }

    /// <summary>Returns when no merge is running and none is due.</summary>
    /// <exception cref="IOException">A merge failed; the index is whole without it.</exception>
    public void FinishMerges()
    {
        while (true)
        {
            _merge.Wait();
            lock (_gate)
            {
                if (_merge.Failure is { } failure)
                    throw new IOException("Segments could not be merged.", failure);
                StartMerge();
                if (!_merge.IsRunning)
                    return;
            }
        }
    }

    /// <summary>A searcher over the last commit. It stays valid, and unchanged, for as long as it is used.</summary>
    public Searcher OpenSearcher() => _searcher;

    /// <summary>Releases the folder; changes since the last commit are dropped. Searchers stay valid.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        _merge.Stop();
        _folder.Dispose();
    }

    private void WriteCommit(string? commitData)
    {
        _segments.RemoveAll(segment => segment.Live.LiveCount == 0);
        _segmentCount = _segments.Count;
        var point = new CommitPoint(_fingerprint, _nextNumber, commitData, [.. _segments.Select(Committed)]);
        point = point with { NextNumber = ++_nextNumber };
        point.Write(_folder.Path);
        _committedNumber = point.NextNumber;
        _files = point.Segments.ToDictionary(segment => segment.Name);
        CommitData = commitData;
        _hasChanges = false;
        _searcher = new Searcher(_segments, _schema, _analyzer, commitData);
        DeleteUnused(point);
    }

    private bool IsThere(CommittedSegment segment)
    {
        if (segment.LiveName.Length > 0)
            _ = LiveDocuments.Read(_folder.Named(segment.LiveName), segment.DocumentCount);
        return File.Exists(_folder.Named(segment.Name)) && _searcher.ReaderOf(segment.Name) is { File.IsUntouched: true };
    }

    private void StartMerge()
    {
        if (_isDisposed || _merge.IsRunning || MergePolicy.Choose(_segments) is not { } range)
            return;
        _merge.Start(_segments.GetRange(range.First, range.Count), IndexFolder.SegmentName(_nextNumber++), Install);
    }

    /// <summary>Puts a merged segment in the place of its sources, with what was deleted since. It becomes permanent at once, or with the changes that wait.</summary>
    private void Install(SegmentMerger merger, long length)
    {
        lock (_gate)
        {
            var (sources, name) = (_merge.Sources, _merge.Target!);
            var current = sources.Select(source => _segments.Find(segment => segment.Reader == source.Reader)).ToList();
            BackgroundMerge.RequireUntouched(_segments);
            _merge.End();
            if (_isDisposed || current.TrueForAll(segment => segment is null))
                return;
            var deleted = sources.SelectMany((source, i) => source.DeletedUntil(current[i]).Select(document => merger.NewNumber(i, document))).ToList();
            var merged = Opened(name, length);
            _segments.Insert(_segments.IndexOf(current.OfType<SegmentView>().First()), deleted.Count == 0 ? merged : merged with { Live = merged.Live.Without(deleted) });
            _segments.RemoveAll(segment => sources.Any(source => source.Reader == segment.Reader));
            if (_hasChanges)
                return;
            WriteCommit(CommitData);
            StartMerge();
        }
    }

    private void Flush()
    {
        if (_buffer.Count == 0)
            return;
        var name = IndexFolder.SegmentName(_nextNumber++);
        var view = Opened(name, _buffer.Write(_folder.Named(name)));
        _segments.Add(_buffer.Deleted.Count == 0 ? view : view with { Live = view.Live.Without(_buffer.Deleted) });
        _buffer = new SegmentBuffer(_schema, _analyzer);
    }

    private SegmentView Opened(string name, long length)
    {
        var reader = SegmentReader.Open(_folder.Path, name, length, _schema);
        _files.Add(name, new CommittedSegment(name, length, reader.DocumentCount, ""));
        return new SegmentView(reader, LiveDocuments.All(reader.DocumentCount));
    }

    /// <summary>Writes the deletions of a segment when they changed since they were last written.</summary>
    private CommittedSegment Committed(SegmentView segment)
    {
        var file = _files[segment.Reader.Name];
        var written = _searcher.LiveOf(segment.Reader);
        if (segment.Live.DeletedCount == (written?.DeletedCount ?? 0))
            return file;
        var name = IndexFolder.LiveName(_nextNumber++);
        segment.Live.Write(_folder.Named(name));
        return file with { LiveName = name };
    }

    private void DeleteUnused(CommitPoint point) =>
        _folder.DeleteAllBut([.. point.Segments.Select(segment => segment.Name), .. point.Segments.Select(segment => segment.LiveName), _merge.Target ?? ""]);
}
