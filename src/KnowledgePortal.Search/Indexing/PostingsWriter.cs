using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Writes the postings of one term after another. A term of at most 128 documents is one block followed by its positions; others are:
/// <code>
/// int32 length of the blocks
/// per block of 128 documents: see BlockSummary
/// blocks: byte bits of documents, byte bits of frequencies, packed gaps (less 1), packed frequencies (less 1)
/// positions per block: byte bits, packed byte lengths by document, then the gaps between positions of each document
/// </code>
/// </summary>
/// <param name="file">The segment.</param>
/// <param name="schema">Of the index.</param>
/// <param name="lengths">Of all documents of the segment, complete before the first term.</param>
internal sealed class PostingsWriter(DurableFile file, IndexSchema schema, List<int> lengths)
{
    private readonly int[] _gaps = new int[BitPacking.BlockSize];
    private readonly int[] _frequencies = new int[BitPacking.BlockSize];
    private readonly int[] _positionLengths = new int[BitPacking.BlockSize];
    private readonly ByteBuffer _skips = new();
    private readonly ByteBuffer _blocks = new();
    private readonly ByteBuffer _blockPositions = new();
    private readonly ByteBuffer _positions = new();
    private int _inBlock;
    private int _last = -1;
    private float _saturation;
    private Bm25? _formula;

    /// <summary>Documents of the current term so far.</summary>
    public int Count { get; private set; }

    private Bm25 Formula => _formula ??= Bm25.For(schema, Bm25.Average(CollectionsMarshal.AsSpan(lengths)));

    /// <summary>Adds a document, in ascending order.</summary>
    /// <param name="document">Number of the document in the segment.</param>
    /// <param name="frequency">Sum of the boost units of all occurrences.</param>
    /// <param name="positions">Gaps between positions as variable-length integers; empty when the stream has none.</param>
    public void Add(int document, int frequency, ReadOnlySpan<byte> positions)
    {
        if (_inBlock == BitPacking.BlockSize)
            EndBlock();
        _gaps[_inBlock] = document - _last - 1;
        _frequencies[_inBlock] = frequency;
        _saturation = Math.Max(_saturation, Formula.Saturation(frequency, lengths[document]));
        _positionLengths[_inBlock++] = positions.Length;
        _blockPositions.Write(positions);
        _last = document;
        Count++;
    }

    /// <summary>Writes the term and returns its offset in the file.</summary>
    public long End()
    {
        var isSingle = Count <= BitPacking.BlockSize;
        EndBlock();
        var offset = file.Position;
        if (!isSingle)
        {
            file.WriteInt32(_blocks.Length);
            file.Write(_skips.Written);
        }
        file.Write(_blocks.Written);
        file.Write(_positions.Written);
        _skips.Clear();
        _blocks.Clear();
        _positions.Clear();
        (_last, Count) = (-1, 0);
        return offset;
    }

    private void EndBlock()
    {
        var frequencies = _frequencies.AsSpan(0, _inBlock);
        var summary = new BlockSummary(_last, _blocks.Length, _positions.Length, _saturation);
        _saturation = 0;
        _skips.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<BlockSummary>(in summary)));
        var gaps = _gaps.AsSpan(0, _inBlock);
        foreach (ref var frequency in frequencies)
            frequency--;
        var (gapBits, frequencyBits) = (BitPacking.BitsFor(gaps), BitPacking.BitsFor(frequencies));
        _blocks.Write((byte)gapBits);
        _blocks.Write((byte)frequencyBits);
        BitPacking.Pack(gaps, gapBits, _blocks);
        BitPacking.Pack(frequencies, frequencyBits, _blocks);
        if (_blockPositions.Length > 0)
        {
            var positionLengths = _positionLengths.AsSpan(0, _inBlock);
            var bits = BitPacking.BitsFor(positionLengths);
            _positions.Write((byte)bits);
            BitPacking.Pack(positionLengths, bits, _positions);
            _positions.Write(_blockPositions.Written);
            _blockPositions.Clear();
        }
        _inBlock = 0;
    }
}
