using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Where a term's postings are.</summary>
internal readonly record struct TermEntry(int DocumentCount, long Offset);

/// <summary>Writes terms in byte order, front-coded in blocks of 32, followed by the offsets of the blocks.</summary>
internal sealed class TermDictionaryWriter
{
    public const int BlockSize = 32;

    private readonly ByteBuffer _blocks = new();
    private readonly List<int> _offsets = [];
    private byte[] _previous = [];
    private int _count;

    public void Add(ReadOnlySpan<byte> term, TermEntry entry)
    {
        var shared = 0;
        if (_count++ % BlockSize == 0)
            _offsets.Add(_blocks.Length);
        else
            shared = term.CommonPrefixLength(_previous);
        _blocks.WriteVariable(shared);
        _blocks.WriteVariable(term.Length - shared);
        _blocks.Write(term[shared..]);
        _blocks.WriteVariable(entry.DocumentCount);
        _blocks.WriteVariable(entry.Offset);
        _previous = term.ToArray();
    }

    public void Write(DurableFile file)
    {
        file.WriteInt32(_count);
        file.WriteInt32(_offsets.Count);
        file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_offsets)));
        file.Write(_blocks.Written);
    }
}

/// <summary>Finds terms in a segment.</summary>
internal sealed unsafe class TermDictionary
{
    private readonly MappedFile _file;
    private readonly int* _offsets;
    private readonly int _blockCount;
    private readonly byte* _blocks;

    public TermDictionary(MappedFile file, long offset)
    {
        _file = file;
        var header = (int*)(file.Start + offset);
        Count = header[0];
        _blockCount = header[1];
        _offsets = header + 2;
        _blocks = (byte*)(_offsets + _blockCount);
    }

    public int Count { get; }

    public TermEntry? Find(ReadOnlySpan<byte> term)
    {
        var terms = From(term);
        return terms.MoveNext() && terms.Term.SequenceEqual(term) ? terms.Entry : null;
    }

    /// <summary>Enumerates the terms from <paramref name="term"/> on, in byte order.</summary>
    public TermEnumerator From(ReadOnlySpan<byte> term)
    {
        var enumerator = new TermEnumerator(_file, _blocks, _offsets, Count, Math.Max(0, BlockOf(term)));
        enumerator.SkipTo(term);
        return enumerator;
    }

    /// <summary>The last block whose first term is not after <paramref name="term"/>, or -1.</summary>
    private int BlockOf(ReadOnlySpan<byte> term)
    {
        var (low, high) = (0, _blockCount - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var cursor = new ByteCursor(_blocks + _offsets[middle]);
            cursor.ReadVariable();
            if (cursor.ReadTextBytes().SequenceCompareTo(term) <= 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        GC.KeepAlive(_file);
        return high;
    }
}
