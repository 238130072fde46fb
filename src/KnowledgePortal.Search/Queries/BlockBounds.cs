using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Bounds of the score of one term in a window, from the summaries of its blocks.</summary>
internal sealed class BlockBounds
{
    private readonly Postings _postings;
    private readonly SegmentReader _reader;
    private readonly Bm25 _bm25;
    private readonly float _scaledWeight;
    private readonly float _factor;
    private readonly long[]? _bounds;
    private int _block;

    /// <param name="postings">The term, not read from yet, or read only in windows that this has been asked for.</param>
    /// <param name="reader">Its segment.</param>
    /// <param name="bm25">The formula.</param>
    /// <param name="scaledWeight">See <see cref="Bm25.Scaled"/>.</param>
    /// <param name="factor">By which frequencies are multiplied.</param>
    public BlockBounds(Postings postings, SegmentReader reader, Bm25 bm25, float scaledWeight, float factor)
    {
        (_postings, _reader, _bm25, _scaledWeight, _factor) = (postings, reader, bm25, scaledWeight, factor);
        if (postings.BlockCount > 1)
            _bounds = new long[postings.BlockCount];
        else
            postings.NextBlock();
    }

    /// <summary>Negative when the term is in no document of the window. Windows come in ascending order.</summary>
    public long Of(int start, int end) => _bounds is null ? OfOnlyBlock(start, end) : OfBlocks(start, end, _bounds);

    private long OfOnlyBlock(int start, int end)
    {
        var documents = _postings.Documents;
        while (_block < documents.Length && documents[_block] < start)
            _block++;
        var bound = -1L;
        for (var i = _block; i < documents.Length && documents[i] < end; i++)
            bound = Math.Max(bound, _bm25.Score(_scaledWeight, _postings.Frequencies[i] * _factor, _reader.Length(documents[i])));
        return bound;
    }

    private long OfBlocks(int start, int end, long[] bounds)
    {
        while (_block < bounds.Length && _postings.LastDocument(_block) < start)
            _block++;
        var bound = -1L;
        for (var block = _block; block < bounds.Length; block++)
        {
            if (bounds[block] == 0)
                bounds[block] = OfBlock(_postings.Summary(block));
            bound = Math.Max(bound, bounds[block]);
            if (_postings.LastDocument(block) >= end - 1)
                break;
        }
        return bound;
    }

    private long OfBlock(BlockSummary summary)
    {
        var bound = Math.Max(
            Score(summary.Frequency0, summary.DocumentLength0),
            Math.Max(Score(summary.Frequency1, summary.DocumentLength1), Score(summary.Frequency2, summary.DocumentLength2)));
        // Rounding must never make a bound smaller than a score.
        return bound + (bound >> 18) + 2;
    }

    private long Score(ushort frequency, int length) => frequency == BlockSummary.AnyFrequency ? (long)_scaledWeight : _bm25.Score(_scaledWeight, frequency * _factor, length);
}
