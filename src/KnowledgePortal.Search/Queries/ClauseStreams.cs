using System.Numerics;

namespace KnowledgePortal.Search.Queries;

/// <summary>A clause with its bound in the current window.</summary>
internal sealed class ActiveClause(ScoreStream stream)
{
    public ScoreStream Stream { get; } = stream;

    public long Bound { get; set; }
}

/// <summary>
/// The clauses of a plan, opened on one segment. Each clause that counts has a flag of its own above the score, as long as there are bits for all; otherwise
/// the flags are one number that counts.
/// </summary>
internal sealed class ClauseStreams
{
    private const int MostFlags = 63 - ScoreStream.ScoreBits;

    private readonly bool _hasOwnFlags;

    public ClauseStreams(SegmentContext segment, QueryPlan plan)
    {
        _hasOwnFlags = plan.CountingClauses <= MostFlags;
        var flags = new Dictionary<TermState, long>(ReferenceEqualityComparer.Instance);
        foreach (var clause in plan.Scoring)
        {
            var stream = clause.Open(segment);
            HasRequired |= clause.IsRequired;
            IsImpossible |= clause.IsRequired && stream is null;
            if (stream is null)
                continue;
            if (clause.Counts)
                stream.Flag = 1L << (_hasOwnFlags ? ScoreStream.ScoreBits + Finders.Count : ScoreStream.ScoreBits);
            (clause.Counts ? Finders : Supports).Add(new ActiveClause(stream));
            if (clause is TermGroup { Counts: true, Terms: [var term, ..] } && _hasOwnFlags)
                flags[term.Term] = stream.Flag;
        }
        foreach (var (term, weight) in plan.Bigrams)
        {
            if (term.Entries[segment.Number] is { } entry)
                Supports.Add(new ActiveClause(new TermStream(segment.Reader, entry, segment.Bm25, weight, 1)));
        }
        foreach (var pair in plan.Pairs)
        {
            if (PairStream.Open(segment, pair, flags.GetValueOrDefault(pair.First) | flags.GetValueOrDefault(pair.Second)) is { } stream)
                Pairs.Add(stream);
        }
    }

    /// <summary>Clauses of which a document needs one to be a match.</summary>
    public List<ActiveClause> Finders { get; } = [];

    /// <summary>Clauses that only add to the score of matches.</summary>
    public List<ActiveClause> Supports { get; } = [];

    public List<PairStream> Pairs { get; } = [];

    public bool HasRequired { get; }

    /// <summary>True when a required clause has no document in the segment.</summary>
    public bool IsImpossible { get; }

    /// <summary>Goes back to the first window.</summary>
    public void Rewind()
    {
        Finders.ForEach(clause => clause.Stream.Rewind());
        Supports.ForEach(clause => clause.Stream.Rewind());
        Pairs.ForEach(pair => pair.Rewind());
    }

    /// <summary>How many counting clauses a sum has met.</summary>
    public int Matched(long sum) => _hasOwnFlags ? BitOperations.PopCount((ulong)sum >> ScoreStream.ScoreBits) : (int)(sum >> ScoreStream.ScoreBits);
}
