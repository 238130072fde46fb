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
    private const long BufferSize = 12 << 20;

    private readonly Lock _gate = new();
    private readonly IndexFolder _folder;
    private readonly IndexSchema _schema;
    private readonly ThaiAnalyzer _analyzer;
    private readonly string _fingerprint;
    private List<SegmentView> _segments = [];
    private Dictionary<string, CommittedSegment> _files = new(StringComparer.Ordinal);
    private SegmentBuffer _buffer;
    private long _nextNumber;
    private volatile Searcher _searcher;

    private IndexWriter(IndexFolder folder, IndexSchema schema, ThaiAnalyzer analyzer)
    {
        _folder = folder;
        _schema = schema;
        _analyzer = analyzer;
        _fingerprint = $"{schema.Fingerprint}|{analyzer.Fingerprint}";
        _buffer = new SegmentBuffer(schema, analyzer);
        if (folder.IsNew)
            new CommitPoint(_fingerprint, 0, null, []).Write(folder.Path);
        Load(CommitPoint.Read(folder.Path, _fingerprint));
        _searcher = new Searcher(_segments, schema, analyzer);
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

    /// <summary>Adds a document, or replaces the one with the same key.</summary>
    /// <exception cref="ArgumentException">The document has a field that the schema does not name.</exception>
    public void Update(Document document)
    {
        lock (_gate)
        {
            Delete(document.Key);
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
            _segments.Clear();
            _buffer = new SegmentBuffer(_schema, _analyzer);
        }
    }

    /// <summary>
    /// Makes all changes permanent and visible, atomically: after a crash at any moment the index is as it was after this commit or the one before.
    /// </summary>
    /// <param name="commitData">Kept with the commit and given back by <see cref="CommitData"/>, such as the position up to which a database was indexed.</param>
    /// <exception cref="IOException">The disk refused; the last commit stays valid, the changes stay in memory and may be committed again.</exception>
    public void Commit(string commitData)
    {
        lock (_gate)
        {
            Flush();
            _segments.RemoveAll(segment => segment.Live.LiveCount == 0);
            while (MergePolicy.Choose(_segments) is { } range)
                Merge(range.First, range.Count);
            var point = new CommitPoint(_fingerprint, _nextNumber, commitData, [.. _segments.Select(Committed)]);
            point = point with { NextNumber = _nextNumber };
            point.Write(_folder.Path);
            _files = point.Segments.ToDictionary(segment => segment.Name);
            CommitData = commitData;
            _searcher = new Searcher(_segments, _schema, _analyzer);
            DeleteUnused(point);
        }
    }

    /// <summary>A searcher over the last commit. It stays valid, and unchanged, for as long as it is used.</summary>
    public Searcher OpenSearcher() => _searcher;

    /// <summary>Releases the folder; changes since the last commit are dropped. Searchers stay valid.</summary>
    public void Dispose() => _folder.Dispose();

    private void Load(CommitPoint point)
    {
        _nextNumber = point.NextNumber;
        CommitData = point.CommitData;
        _files = point.Segments.ToDictionary(segment => segment.Name);
        foreach (var segment in point.Segments)
        {
            var reader = SegmentReader.Open(_folder.Path, segment.Name, segment.Length, _schema);
            if (reader.DocumentCount != segment.DocumentCount)
                throw new DamagedIndexException($"{segment.Name} does not hold the documents that the commit names.");
            var live = segment.LiveName.Length == 0
                ? LiveDocuments.All(reader.DocumentCount)
                : LiveDocuments.Read(_folder.Named(segment.LiveName), reader.DocumentCount);
            _segments.Add(new SegmentView(reader, live));
        }
        DeleteUnused(point);
    }

    private void Flush()
    {
        if (_buffer.Count == 0)
            return;
        var view = AddFile(_buffer.Write);
        _segments.Add(_buffer.Deleted.Count == 0 ? view : view with { Live = view.Live.Without(_buffer.Deleted) });
        _buffer = new SegmentBuffer(_schema, _analyzer);
    }

    private void Merge(int first, int count)
    {
        var merged = AddFile(new SegmentMerger(_segments.GetRange(first, count), _schema).Write);
        _segments.RemoveRange(first, count);
        _segments.Insert(first, merged);
    }

    private SegmentView AddFile(Func<string, long> write)
    {
        var name = IndexFolder.SegmentName(_nextNumber++);
        var length = write(_folder.Named(name));
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
        _folder.DeleteAllBut([.. point.Segments.Select(segment => segment.Name), .. point.Segments.Select(segment => segment.LiveName)]);
}
