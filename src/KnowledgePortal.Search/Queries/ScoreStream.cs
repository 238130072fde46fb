using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// One clause of a query in one segment: the documents that match it and what it adds to their scores, in the fixed point of <see cref="Bm25"/>. It goes forward
/// only, window by window, and inside a window is either added as a whole or asked for single documents.
/// </summary>
internal abstract class ScoreStream(Bm25 bm25, SegmentReader reader)
{
    /// <summary>Bits of a sum that hold the score; those above tell which clauses matched, see <see cref="Flag"/>.</summary>
    public const int ScoreBits = 44;

    public const long ScoreMask = (1L << ScoreBits) - 1;

    protected const long NoDocument = -1;

    /// <summary>True when a document without it is no match.</summary>
    public bool IsRequired { get; init; }

    /// <summary>About how many documents it has.</summary>
    public abstract int Cost { get; }

    protected Bm25 Bm25 { get; } = bm25;

    protected SegmentReader Reader { get; } = reader;

    /// <summary>Added to the sum of each of its documents, above the score, to tell that it matched.</summary>
    public long Flag { get; set; }

    /// <summary>Goes back to the first window.</summary>
    public abstract void Rewind();

    /// <summary>A bound of what it adds to any document in [start, end); negative when it has none there.</summary>
    public abstract long Bound(int start, int end);

    /// <summary>
    /// Adds it to the sums of the documents in [start, end). Documents to which it adds less than <paramref name="least"/> may be left out.
    /// </summary>
    public abstract void AddTo(Span<long> sums, int start, int end, long least);

    /// <summary>Adds it to the sums of some documents, given by their distance from <paramref name="start"/>, in ascending order.</summary>
    public void AddTo(Span<long> sums, int start, ReadOnlySpan<int> candidates)
    {
        foreach (var candidate in candidates)
            sums[candidate] += Of(start + candidate);
    }

    /// <summary>What it adds to a document, its <see cref="Flag"/> included; zero for a document that it does not match.</summary>
    public abstract long Of(int document);

    /// <summary>Adds all its documents to a set; only on a stream that was not used otherwise.</summary>
    public abstract void CollectInto(DocumentSet set);
}
