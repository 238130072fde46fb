namespace KnowledgePortal.Search.Indexing;

/// <summary>The postings of one term in the buffer: finished documents as variable-length integers, the current one in fields.</summary>
internal sealed class BufferedPostings
{
    private readonly ByteBuffer _documents = new();
    private readonly ByteBuffer _positions = new();
    private int _document = -1;
    private int _frequency;
    private int _lastPosition;
    private int _positionsStart;

    /// <summary>Adds an occurrence, documents and positions in ascending order, and returns by how many bytes the buffer grew.</summary>
    public int Add(int document, int units, int? position)
    {
        var before = _documents.Length + _positions.Length;
        if (document != _document)
        {
            EndDocument();
            _document = document;
        }
        _frequency += units;
        if (position is { } at)
        {
            _positions.WriteVariable(at - _lastPosition);
            _lastPosition = at;
        }
        return _documents.Length + _positions.Length - before;
    }

    public unsafe void WriteTo(SegmentWriter writer)
    {
        EndDocument();
        _document = -1;
        fixed (byte* documents = _documents.Written)
        {
            var cursor = new ByteCursor(documents);
            var positions = 0;
            while (cursor.At < documents + _documents.Length)
            {
                var (document, frequency, length) = (cursor.ReadCount(), cursor.ReadCount(), cursor.ReadCount());
                writer.AddPosting(document, frequency, _positions.Written.Slice(positions, length));
                positions += length;
            }
        }
    }

    private void EndDocument()
    {
        if (_document < 0)
            return;
        _documents.WriteVariable(_document);
        _documents.WriteVariable(_frequency);
        _documents.WriteVariable(_positions.Length - _positionsStart);
        (_frequency, _lastPosition) = (0, 0);
        _positionsStart = _positions.Length;
    }
}
