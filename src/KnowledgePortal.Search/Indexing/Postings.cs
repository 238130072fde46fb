using System.Runtime.CompilerServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Reads the postings of one term in one segment: block by block, or by jumping forward. After any call that returned true,
/// <see cref="Documents"/> and <see cref="Frequencies"/> hold the current block and <see cref="Index"/> the place in it.
/// </summary>
internal sealed unsafe class Postings
{
    private const int SkipLength = 12;

    private readonly MappedFile _file;
    private readonly byte* _skips;
    private readonly byte* _blocks;
    private readonly byte* _positions;
    private readonly int _blockCount;
    private readonly int[] _documents = new int[BitPacking.BlockSize];
    private readonly int[] _frequencies = new int[BitPacking.BlockSize];
    private int _block = -1;
    private int _count;

    public Postings(MappedFile file, TermEntry entry)
    {
        _file = file;
        DocumentCount = entry.DocumentCount;
        _blockCount = (entry.DocumentCount + BitPacking.BlockSize - 1) / BitPacking.BlockSize;
        _skips = file.Start + entry.Offset + sizeof(int);
        _blocks = _skips + _blockCount * SkipLength;
        _positions = _blocks + Unsafe.ReadUnaligned<int>(file.Start + entry.Offset);
    }

    /// <summary>Documents that hold the term, deleted ones included.</summary>
    public int DocumentCount { get; }

    public ReadOnlySpan<int> Documents => _documents.AsSpan(0, _count);

    public ReadOnlySpan<int> Frequencies => _frequencies.AsSpan(0, _count);

    public int Index { get; private set; }

    public int Document => _documents[Index];

    public int Frequency => _frequencies[Index];

    /// <summary>Moves to the next block.</summary>
    public bool NextBlock()
    {
        if (_block >= _blockCount - 1)
        {
            _block = _blockCount;
            return false;
        }
        _block++;
        return Load();
    }

    /// <summary>Moves to the next document.</summary>
    public bool Next() => ++Index < _count || NextBlock();

    /// <summary>Moves forward to the first document that is not before <paramref name="document"/>; stays where it is if that is it.</summary>
    public bool Advance(int document)
    {
        if (_block >= _blockCount)
            return false;
        if (_block < 0 || LastDocument(_block) < document)
        {
            do
            {
                if (++_block >= _blockCount)
                    return false;
            }
            while (LastDocument(_block) < document);
            Load();
        }
        while (_documents[Index] < document)
            Index++;
        return true;
    }

    /// <summary>Fills <paramref name="positions"/> with the positions of the current document, in ascending order.</summary>
    public void ReadPositions(List<int> positions)
    {
        positions.Clear();
        var cursor = new ByteCursor(_positions + Unsafe.ReadUnaligned<int>(_skips + _block * SkipLength + 8));
        for (var i = 0; i < Index; i++)
        {
            for (var skip = cursor.ReadCount(); skip > 0; skip--)
                cursor.ReadVariable();
        }
        var position = 0;
        for (var left = cursor.ReadCount(); left > 0; left--)
            positions.Add(position += cursor.ReadCount());
        GC.KeepAlive(_file);
    }

    /// <summary>The encoded positions of the current block's documents, read one after another while merging.</summary>
    public ByteCursor BlockPositions() => new(_positions + Unsafe.ReadUnaligned<int>(_skips + _block * SkipLength + 8));

    private int LastDocument(int block) => Unsafe.ReadUnaligned<int>(_skips + block * SkipLength);

    private bool Load()
    {
        _count = Math.Min(BitPacking.BlockSize, DocumentCount - _block * BitPacking.BlockSize);
        Index = 0;
        var at = _blocks + Unsafe.ReadUnaligned<int>(_skips + _block * SkipLength + 4);
        var (gapBits, frequencyBits) = (at[0], at[1]);
        var documents = _documents.AsSpan(0, _count);
        BitPacking.Unpack(at + 2, gapBits, documents);
        BitPacking.Unpack(at + 2 + BitPacking.ByteLength(_count, gapBits), frequencyBits, _frequencies.AsSpan(0, _count));
        var previous = _block == 0 ? -1 : LastDocument(_block - 1);
        for (var i = 0; i < _count; i++)
        {
            previous = documents[i] += previous + 1;
            _frequencies[i]++;
        }
        GC.KeepAlive(_file);
        return true;
    }
}
