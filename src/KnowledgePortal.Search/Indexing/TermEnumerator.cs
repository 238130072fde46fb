namespace KnowledgePortal.Search.Indexing;

/// <summary>Walks the terms of a segment in byte order.</summary>
internal sealed unsafe class TermEnumerator
{
    private readonly MappedFile _file;
    private readonly int _count;
    private byte* _at;
    private int _next;
    private byte[] _term = new byte[64];
    private int _length;
    private bool _isPending;

    public TermEnumerator(MappedFile file, byte* blocks, int* offsets, int count, int block)
    {
        _file = file;
        _count = count;
        _next = block * TermDictionaryWriter.BlockSize;
        _at = count == 0 ? blocks : blocks + offsets[block];
    }

    /// <summary>The current term; valid until the next move.</summary>
    public ReadOnlySpan<byte> Term => _term.AsSpan(0, _length);

    public TermEntry Entry { get; private set; }

    public bool MoveNext()
    {
        if (_isPending)
        {
            _isPending = false;
            return true;
        }
        if (_next >= _count)
            return false;
        _next++;
        Read();
        return true;
    }

    /// <summary>Lets the next move arrive at the first term that is not before <paramref name="term"/>.</summary>
    public void SkipTo(ReadOnlySpan<byte> term)
    {
        while (MoveNext())
        {
            if (Term.SequenceCompareTo(term) >= 0)
            {
                _isPending = true;
                return;
            }
        }
    }

    private void Read()
    {
        var cursor = new ByteCursor(_at);
        var shared = cursor.ReadCount();
        var suffix = cursor.ReadTextBytes();
        if (_term.Length < shared + suffix.Length)
            Array.Resize(ref _term, Math.Max(shared + suffix.Length, _term.Length * 2));
        suffix.CopyTo(_term.AsSpan(shared));
        _length = shared + suffix.Length;
        Entry = new TermEntry(cursor.ReadCount(), cursor.ReadVariable());
        _at = cursor.At;
        GC.KeepAlive(_file);
    }
}
