namespace KnowledgePortal.Search.Queries;

/// <summary>What two neighbouring words of the query add to a document in which they stand side by side.</summary>
internal sealed class PairStream
{
    private readonly PhraseStream _phrase;

    private PairStream(PhraseStream phrase, long flags) => (_phrase, Flags) = (phrase, flags);

    /// <summary>Flags of the clauses of its words: a document without one of them does not have the pair. Zero when they are not known.</summary>
    public long Flags { get; }

    /// <summary>The bound of the current window; negative when no document there has both words.</summary>
    public long Bound { get; private set; }

    /// <summary>Null when the segment lacks one of the words.</summary>
    public static PairStream? Open(SegmentContext segment, WordPair pair, long flags) =>
        PhraseStream.Open(segment.Reader, segment.Number, [pair.First, pair.Second], [0, pair.Distance], segment.Bm25, pair.Weight, isRequired: false) is { } phrase
            ? new PairStream(phrase, flags)
            : null;

    public void Rewind() => _phrase.Rewind();

    public long FindBound(int start, int end) => Bound = _phrase.Bound(start, end);

    /// <summary>The bound for one document, without looking at positions.</summary>
    public long FindBoundAt(int document) => BoundHere = _phrase.BoundAt(document);

    /// <summary>The bound for the document that was looked at last.</summary>
    public long BoundHere { get; private set; }

    /// <summary>What is added to a document.</summary>
    public long Of(int document) => _phrase.Of(document);
}
