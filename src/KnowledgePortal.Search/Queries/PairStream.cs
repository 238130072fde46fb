namespace KnowledgePortal.Search.Queries;

/// <summary>What two neighbouring words of the query add to a document in which they stand side by side.</summary>
internal sealed class PairStream
{
    private readonly PhraseStream _phrase;

    private PairStream(PhraseStream phrase) => _phrase = phrase;

    /// <summary>The bound of the last window.</summary>
    public long LastBound { get; private set; }

    /// <summary>Null when the segment lacks one of the words.</summary>
    public static PairStream? Open(SegmentContext segment, WordPair pair) =>
        PhraseStream.Open(segment.Reader, segment.Number, [pair.First, pair.Second], [0, pair.Distance], segment.Bm25, pair.Weight, isRequired: false) is { } phrase
            ? new PairStream(phrase)
            : null;

    public long Bound(int start, int end) => LastBound = _phrase.Bound(start, end);

    /// <summary>What is added to a document, or zero when it is clearly less than <paramref name="least"/>.</summary>
    public long Of(int document, long least) => _phrase.Of(document, least) & ScoreStream.ScoreMask;
}
