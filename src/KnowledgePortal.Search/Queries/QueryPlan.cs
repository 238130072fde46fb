using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>A query made ready for one index.</summary>
/// <param name="Root">What matches.</param>
/// <param name="Bigrams">Pairs of clusters that add to the score of matches.</param>
/// <param name="Pairs">Neighbouring words of the query.</param>
internal sealed record QueryPlan(PlanNode Root, IReadOnlyList<WeightedTerm> Bigrams, IReadOnlyList<WordPair> Pairs)
{
    /// <summary>Clauses that add to the score, wherever they stand.</summary>
    public IReadOnlyList<PlanClause> Scoring { get; } = [.. Root.Positive()];

    /// <summary>How many clauses a document can match.</summary>
    public int CountingClauses { get; } = Root.Positive().Count(clause => clause.Counts);

    /// <summary>True when the matches are the documents of the scoring clauses, less those that <see cref="Restrict"/> removes.</summary>
    public bool IsFlat => Scoring.Count > 0 && Root.Groups.Count == 0 && Root.Clauses.All(clause => clause.Scores || clause.Occur != Occur.Should);

    /// <summary>Removes from a set what the forbidden clauses and conditions of a flat plan remove.</summary>
    public void Restrict(DocumentSet set, SegmentContext segment)
    {
        foreach (var clause in Root.Clauses)
        {
            if (clause.Occur == Occur.MustNot && clause.Counts)
                set.RemoveAll(clause.Matches(segment));
            else if (!clause.Scores)
                set.KeepOnly(clause.Matches(segment));
        }
    }

    public bool Restricts => Root.Clauses.Any(clause => clause.Occur == Occur.MustNot || !clause.Scores);
}

/// <summary>
/// Clauses and groups of one level. A document has all that are required and none that is forbidden; when nothing but conditions is required and there are other
/// clauses, it has one of those at least.
/// </summary>
internal sealed record PlanNode(IReadOnlyList<PlanClause> Clauses, IReadOnlyList<(PlanNode Node, Occur Occur)> Groups)
{
    public IEnumerable<PlanClause> Positive() =>
        Clauses.Where(clause => clause.Scores && clause.Occur != Occur.MustNot)
            .Concat(Groups.Where(group => group.Occur != Occur.MustNot).SelectMany(group => group.Node.Positive()));

    /// <summary>The documents of a segment that match, deleted ones included.</summary>
    public DocumentSet Matches(SegmentContext segment)
    {
        DocumentSet? required = null;
        DocumentSet? optional = null;
        var forbidden = new DocumentSet(segment.Reader.DocumentCount);
        var conditions = new List<DocumentSet>();
        foreach (var (set, occur, scores) in Clauses.Where(c => c.Counts).Select(c => (c.Matches(segment), c.Occur, c.Scores)).Concat(Groups.Select(g => (g.Node.Matches(segment), g.Occur, true))))
        {
            if (occur == Occur.MustNot)
                forbidden.AddAll(set);
            else if (occur == Occur.Must && !scores)
                conditions.Add(set);
            else if (occur == Occur.Should)
                (optional ??= new DocumentSet(segment.Reader.DocumentCount)).AddAll(set);
            else if (required is null)
                required = set;
            else
                required.KeepOnly(set);
        }
        var result = required ?? optional ?? DocumentSet.All(segment.Reader.DocumentCount);
        result.RemoveAll(forbidden);
        conditions.ForEach(result.KeepOnly);
        return result;
    }
}

/// <summary>A segment while it is searched.</summary>
internal sealed record SegmentContext(int Number, SegmentReader Reader, LiveDocuments Live, Bm25 Bm25, IndexSchema Schema);

/// <summary>A term and how much an occurrence counts.</summary>
internal readonly record struct WeightedTerm(TermState Term, float Weight);

/// <summary>Two words of the query of which the second begins <see cref="Distance"/> positions after the first.</summary>
internal sealed record WordPair(TermState First, TermState Second, int Distance, float Weight);
