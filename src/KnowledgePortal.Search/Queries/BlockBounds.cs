using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Bounds of the score of one term in a window, from the summaries of its blocks.</summary>
internal sealed class BlockBounds
{
    private const float Slack = 1.00001f;

    private readonly Postings _postings;
    private readonly SegmentReader _reader;
    private readonly Bm25 _bm25;
    private readonly float _scaledWeight;
    private readonly float _factor;
    private readonly long[]? _bounds;
    private readonly float _growth;
    private int _block;
    private int _skipBlock;

    /// <param name="postings">The term, not read from yet, or read only in windows that this has been asked for.</param>
    /// <param name="reader">Its segment.</param>
    /// <param name="bm25">The formula.</param>
    /// <param name="scaledWeight">See <see cref="Bm25.Scaled"/>.</param>
    /// <param name="factor">By which frequencies are multiplied.</param>
    public BlockBounds(Postings postings, SegmentReader reader, Bm25 bm25, float scaledWeight, float factor)
    {
        (_postings, _reader, _bm25, _scaledWeight, _factor) = (postings, reader, bm25, scaledWeight, factor);
        _growth = Growth(reader, bm25, factor);
        if (postings.BlockCount > 1)
            _bounds = new long[postings.BlockCount];
        else
            postings.NextBlock();
    }

    /// <summary>
    /// By which f / k of a saturation f / (f + k) is at most multiplied: by the factor of the frequency, and where the average of the index is the larger one
    /// by as much as k may shrink. See <see cref="BlockSummary"/>.
    /// </summary>
    public static float Growth(SegmentReader reader, Bm25 bm25, float factor) => factor * (float)Math.Max(1, bm25.AverageLength / reader.AverageLength);

    /// <summary>Goes back to the first window, together with the postings.</summary>
    public void Rewind()
    {
        (_block, _skipBlock) = (0, 0);
        _postings.Rewind();
        if (_bounds is null)
            _postings.NextBlock();
    }

    /// <summary>Negative when the term is in no document of the window. Windows come in ascending order.</summary>
    public long Of(int start, int end) => _bounds is null ? OfOnlyBlock(start, end) : OfBlocks(start, end, _bounds);

    /// <summary>The first document from which on a score of <paramref name="least"/> is possible, or something not below <paramref name="end"/>.</summary>
    public int SkipWeak(int document, int end, long least)
    {
        if (_bounds is null)
            return document;
        while (_skipBlock < _bounds.Length && _postings.LastDocument(_skipBlock) < document)
            _skipBlock++;
        for (; document < end && _skipBlock < _bounds.Length && OfBlock(_skipBlock, _bounds) < least; _skipBlock++)
            document = _postings.LastDocument(_skipBlock) + 1;
        return _skipBlock < _bounds.Length ? document : end;
    }

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
            bound = Math.Max(bound, OfBlock(block, bounds));
            if (_postings.LastDocument(block) >= end - 1)
                break;
        }
        return bound;
    }

    private long OfBlock(int block, long[] bounds)
    {
        if (bounds[block] != 0)
            return bounds[block];
        // Rounding must never make a bound smaller than a score.
        var saturation = _postings.Summary(block).Saturation;
        return bounds[block] = (long)(_scaledWeight * Slack * saturation * _growth / (1 + saturation * (_growth - 1))) + 2;
    }
}
