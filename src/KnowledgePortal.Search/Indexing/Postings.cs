using System.Runtime.CompilerServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Reads the postings of one term in one segment: block by block, or by jumping forward. After any call that returned true,
/// <see cref="Documents"/> and <see cref="Frequencies"/> hold the current block and <see cref="Index"/> the place in it. See <see cref="PostingsWriter"/>.
/// </summary>
internal sealed unsafe class Postings
{
    private const int Stride = 16;

    private readonly MappedFile _file;
    private readonly byte* _skips;
    private readonly byte* _blocks;
    private readonly byte* _positions;
    private readonly int[] _documents = new int[BitPacking.BlockSize];
    private int[]? _frequencies;
    private int[]? _positionEnds;
    private byte* _packedFrequencies;
    private byte* _packedPositions;
    private int _frequencyBits;
    private int _block = -1;
    private int _frequencyBlock = -1;
    private int _positionBlock = -1;
    private int _count;

    public Postings(MappedFile file, TermEntry entry)
    {
        _file = file;
        DocumentCount = entry.DocumentCount;
        BlockCount = (entry.DocumentCount + BitPacking.BlockSize - 1) / BitPacking.BlockSize;
        var start = file.Start + entry.Offset;
        if (BlockCount == 1)
        {
            _blocks = start;
            return;
        }
        _skips = start + sizeof(int);
        _blocks = _skips + BlockCount * BlockSummary.Length;
        _positions = _blocks + Unsafe.ReadUnaligned<int>(start);
    }

    /// <summary>Documents that hold the term, deleted ones included.</summary>
    public int DocumentCount { get; }

    public int BlockCount { get; }

    public ReadOnlySpan<int> Documents => _documents.AsSpan(0, _count);

    public ReadOnlySpan<int> Frequencies
    {
        get
        {
            if (_frequencyBlock != _block)
                LoadFrequencies();
            return _frequencies.AsSpan(0, _count);
        }
    }

    /// <summary>Number of the current block.</summary>
    public int Block => _block;

    /// <summary>Place of the current document in its block; may be moved forward inside the block.</summary>
    public int Index { get; set; }

    public int Document => _documents[Index];

    public int Frequency => _frequencyBlock == _block ? _frequencies![Index] : BitPacking.Value(_packedFrequencies, _frequencyBits, Index) + 1;

    /// <summary>True after the last document.</summary>
    public bool IsAtEnd => _block >= BlockCount;

    /// <summary>Goes back before the first document.</summary>
    public void Rewind()
    {
        (_block, _count, Index) = (-1, 0, 0);
        (_frequencyBlock, _positionBlock) = (-1, -1);
    }

    /// <summary>Moves to any block.</summary>
    public void MoveToBlock(int block)
    {
        _block = block;
        Load();
    }

    /// <summary>Moves to the next block.</summary>
    public bool NextBlock()
    {
        if (_block < BlockCount)
            _block++;
        return Load();
    }

    /// <summary>Moves to the next document.</summary>
    public bool Next() => ++Index < _count || NextBlock();

    /// <summary>Moves forward to the first document that is not before <paramref name="document"/>; stays where it is if that is it.</summary>
    public bool Advance(int document)
    {
        if (IsAtEnd)
            return false;
        if (_block < 0 || _documents[_count - 1] < document)
        {
            do
            {
                if (++_block >= BlockCount)
                    return false;
            }
            while (BlockCount > 1 && LastDocument(_block) < document);
            Load();
            if (_documents[_count - 1] < document)
                return NextBlock();
        }
        var index = Index;
        while (index + Stride < _count && _documents[index + Stride] < document)
            index += Stride;
        while (_documents[index] < document)
            index++;
        Index = index;
        return true;
    }

    /// <summary>Last document of a block; only where there are several.</summary>
    public int LastDocument(int block) => Unsafe.ReadUnaligned<int>(_skips + block * BlockSummary.Length);

    /// <summary>What the largest score in a block may come from; only where there are several.</summary>
    public BlockSummary Summary(int block) => Unsafe.ReadUnaligned<BlockSummary>(_skips + block * BlockSummary.Length);

    /// <summary>Reads the positions of the current document, in ascending order, into a buffer that grows as needed, and returns their number.</summary>
    public int ReadPositions(ref int[] positions)
    {
        var bytes = PositionBytes(Index);
        if (positions.Length < bytes.Length)
            positions = new int[bytes.Length * 2];
        var (count, position, shift, gap) = (0, 0, 0, 0);
        foreach (var b in bytes)
        {
            gap |= (b & 0x7F) << shift;
            shift += 7;
            if (b >= 0x80)
                continue;
            positions[count++] = position += gap;
            (shift, gap) = (0, 0);
        }
        GC.KeepAlive(_file);
        return count;
    }

    /// <summary>The encoded positions of a document of the current block.</summary>
    public ReadOnlySpan<byte> PositionBytes(int index)
    {
        if (_positionBlock != _block)
            LoadPositionEnds();
        var start = index == 0 ? 0 : _positionEnds![index - 1];
        return new ReadOnlySpan<byte>(_packedPositions + start, _positionEnds![index] - start);
    }

    private bool Load()
    {
        if (IsAtEnd)
            return false;
        _count = Math.Min(BitPacking.BlockSize, DocumentCount - _block * BitPacking.BlockSize);
        Index = 0;
        var at = BlockCount == 1 ? _blocks : _blocks + Summary(_block).BlockOffset;
        var gapBits = at[0];
        _frequencyBits = at[1];
        var documents = _documents.AsSpan(0, _count);
        BitPacking.Unpack(at + 2, gapBits, documents);
        _packedFrequencies = at + 2 + BitPacking.ByteLength(_count, gapBits);
        var previous = _block == 0 ? -1 : LastDocument(_block - 1);
        for (var i = 0; i < documents.Length; i++)
            previous = documents[i] += previous + 1;
        GC.KeepAlive(_file);
        return true;
    }

    private void LoadFrequencies()
    {
        _frequencies ??= new int[BitPacking.BlockSize];
        var frequencies = _frequencies.AsSpan(0, _count);
        if (_frequencyBits == 0)
            frequencies.Clear();
        else
            BitPacking.Unpack(_packedFrequencies, _frequencyBits, frequencies);
        for (var i = 0; i < frequencies.Length; i++)
            frequencies[i]++;
        _frequencyBlock = _block;
        GC.KeepAlive(_file);
    }

    private void LoadPositionEnds()
    {
        _positionEnds ??= new int[BitPacking.BlockSize];
        var at = BlockCount == 1 ? _packedFrequencies + BitPacking.ByteLength(_count, _frequencyBits) : _positions + Summary(_block).PositionsOffset;
        var ends = _positionEnds.AsSpan(0, _count);
        BitPacking.Unpack(at + 1, at[0], ends);
        for (var i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        _packedPositions = at + 1 + BitPacking.ByteLength(_count, at[0]);
        _positionBlock = _block;
    }
}
