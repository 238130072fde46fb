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

    public ClauseStreams(SegmentContext segment, QueryPlan plan)
    {
        HasOwnFlags = plan.CountingClauses <= MostFlags;
        foreach (var clause in plan.Scoring)
        {
            var stream = clause.Open(segment);
            HasRequired |= clause.IsRequired;
            IsImpossible |= clause.IsRequired && stream is null;
            if (stream is null)
                continue;
            if (clause.Counts)
                stream.Flag = 1L << (HasOwnFlags ? ScoreStream.ScoreBits + Finders.Count : ScoreStream.ScoreBits);
            (clause.Counts ? Finders : Supports).Add(new ActiveClause(stream));
        }
        foreach (var (term, weight) in plan.Bigrams)
        {
            if (term.Entries[segment.Number] is { } entry)
                Supports.Add(new ActiveClause(new TermStream(segment.Reader, entry, segment.Bm25, weight, 1)));
        }
    }

    /// <summary>Clauses of which a document needs one to be a match.</summary>
    public List<ActiveClause> Finders { get; } = [];

    /// <summary>Clauses that only add to the score of matches.</summary>
    public List<ActiveClause> Supports { get; } = [];

    /// <summary>True when each finder has a flag of its own.</summary>
    public bool HasOwnFlags { get; }

    public bool HasRequired { get; }

    /// <summary>True when a required clause has no document in the segment.</summary>
    public bool IsImpossible { get; }

    /// <summary>Goes back to the first window.</summary>
    public void Rewind()
    {
        Finders.ForEach(clause => clause.Stream.Rewind());
        Supports.ForEach(clause => clause.Stream.Rewind());
    }

    /// <summary>How many counting clauses a sum has met.</summary>
    public int Matched(long sum) => HasOwnFlags ? BitOperations.PopCount((ulong)sum >> ScoreStream.ScoreBits) : (int)(sum >> ScoreStream.ScoreBits);
}
