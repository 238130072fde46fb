namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Writes the postings of one term after another:
/// <code>
/// int32 length of the blocks
/// per block of 128 documents: int32 last document, int32 offset of the block, int32 offset of its positions
/// blocks: byte bits of documents, byte bits of frequencies, packed gaps (less 1), packed frequencies (less 1)
/// positions: per document the count, then gaps
/// </code>
/// </summary>
internal sealed class PostingsWriter(DurableFile file)
{
    private readonly int[] _gaps = new int[BitPacking.BlockSize];
    private readonly int[] _frequencies = new int[BitPacking.BlockSize];
    private readonly ByteBuffer _skips = new();
    private readonly ByteBuffer _blocks = new();
    private readonly ByteBuffer _positions = new();
    private int _inBlock;
    private int _blockPositions;
    private int _last = -1;

    /// <summary>Documents of the current term so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a document, in ascending order.</summary>
    /// <param name="document">Number of the document in the segment.</param>
    /// <param name="frequency">Sum of the boost units of all occurrences.</param>
    /// <param name="occurrences">How many positions follow; zero when the stream has none.</param>
    /// <param name="positions">Gaps between positions as variable-length integers.</param>
    public void Add(int document, int frequency, int occurrences, ReadOnlySpan<byte> positions)
    {
        _gaps[_inBlock] = document - _last - 1;
        _frequencies[_inBlock] = frequency - 1;
        _last = document;
        Count++;
        if (occurrences > 0)
        {
            _positions.WriteVariable(occurrences);
            _positions.Write(positions);
        }
        if (++_inBlock == BitPacking.BlockSize)
            EndBlock();
    }

    /// <summary>Writes the term and returns its offset in the file.</summary>
    public long End()
    {
        if (_inBlock > 0)
            EndBlock();
        var offset = file.Position;
        file.WriteInt32(_blocks.Length);
        file.Write(_skips.Written);
        file.Write(_blocks.Written);
        file.Write(_positions.Written);
        _skips.Clear();
        _blocks.Clear();
        _positions.Clear();
        (_last, Count, _blockPositions) = (-1, 0, 0);
        return offset;
    }

    private void EndBlock()
    {
        _skips.WriteInt32(_last);
        _skips.WriteInt32(_blocks.Length);
        _skips.WriteInt32(_blockPositions);
        var gaps = _gaps.AsSpan(0, _inBlock);
        var frequencies = _frequencies.AsSpan(0, _inBlock);
        var (gapBits, frequencyBits) = (BitPacking.BitsFor(gaps), BitPacking.BitsFor(frequencies));
        _blocks.Write((byte)gapBits);
        _blocks.Write((byte)frequencyBits);
        BitPacking.Pack(gaps, gapBits, _blocks);
        BitPacking.Pack(frequencies, frequencyBits, _blocks);
        _blockPositions = _positions.Length;
        _inBlock = 0;
    }
}
