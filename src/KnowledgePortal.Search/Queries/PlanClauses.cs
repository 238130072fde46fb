using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>One clause of a plan.</summary>
/// <param name="Weight">By which the saturated frequency is multiplied; zero for what has no score of its own.</param>
/// <param name="Occur">Whether it is required or forbidden.</param>
/// <param name="Counts">False for what adds to the score of other matches only.</param>
internal abstract record PlanClause(float Weight, Occur Occur, bool Counts)
{
    public bool IsRequired => Counts && Occur == Occur.Must;

    /// <summary>False for what only filters.</summary>
    public virtual bool Scores => true;

    /// <summary>Null when no document of the segment matches.</summary>
    public abstract ScoreStream? Open(SegmentContext segment);

    public virtual DocumentSet Matches(SegmentContext segment)
    {
        var set = new DocumentSet(segment.Reader.DocumentCount);
        Open(segment)?.CollectInto(set);
        return set;
    }
}

/// <summary>Terms of which each stands for the same word. The frequency of the word is the weighted sum of theirs.</summary>
internal sealed record TermGroup(IReadOnlyList<WeightedTerm> Terms, float Weight, Occur Occur, bool Counts) : PlanClause(Weight, Occur, Counts)
{
    public override ScoreStream? Open(SegmentContext segment)
    {
        var found = new List<(TermEntry, float)>(Terms.Count);
        foreach (var (term, weight) in Terms)
        {
            if (term.Entries[segment.Number] is { } entry)
                found.Add((entry, weight));
        }
        return found switch
        {
            [] => null,
            [var (entry, factor)] => new TermStream(segment.Reader, entry, segment.Bm25, Weight, factor) { IsRequired = IsRequired },
            _ => new GroupStream(segment.Reader, found, segment.Bm25, Weight) { IsRequired = IsRequired },
        };
    }
}

/// <summary>Terms side by side; the weight is the sum of their idf.</summary>
internal sealed record PhraseClause(IReadOnlyList<TermState> Terms, float Weight, Occur Occur) : PlanClause(Weight, Occur, Counts: true)
{
    public override ScoreStream? Open(SegmentContext segment) =>
        PhraseStream.Open(segment.Reader, segment.Number, Terms, [.. Enumerable.Range(0, Terms.Count)], segment.Bm25, Weight, IsRequired);
}

/// <summary>
/// An unknown word, looked for by its pairs of clusters, which score by themselves. A document matches when the idf of the pairs it has is at least
/// <see cref="EnoughShare"/> of all.
/// </summary>
internal sealed record FuzzyGroup(IReadOnlyList<TermState> Bigrams, Occur Occur) : PlanClause(0, Occur, Counts: true)
{
    public const float EnoughShare = 0.75f;

    public override ScoreStream? Open(SegmentContext segment)
    {
        var matches = Find(segment);
        return matches.Count == 0 ? null : new ListStream(segment.Reader, matches, segment.Bm25, 0) { IsRequired = IsRequired };
    }

    private List<(int, float)> Find(SegmentContext segment)
    {
        var bigrams = Bigrams.OrderByDescending(bigram => bigram.Idf).ToList();
        var enough = EnoughShare * Sum(bigrams);
        var lists = bigrams.ConvertAll(bigram => bigram.Entries[segment.Number] is { } entry ? new Postings(segment.Reader.File, entry) : null);
        var rest = bigrams.Select((_, i) => Sum(bigrams[i..])).Append(0).ToArray();
        var matches = new List<(int, float)>();
        var candidates = Candidates(segment, bigrams, rest, enough);
        for (var document = candidates.From(0); document < candidates.DocumentCount; document = candidates.From(document + 1))
        {
            var sum = 0d;
            for (var i = 0; i < lists.Count && sum + rest[i] >= enough; i++)
            {
                if (lists[i] is { } postings && postings.Advance(document) && postings.Document == document)
                    sum += bigrams[i].Idf;
            }
            if (sum >= enough)
                matches.Add((document, 1));
        }
        return matches;
    }

    /// <summary>A document that has none of the rarest pairs cannot have enough.</summary>
    private static DocumentSet Candidates(SegmentContext segment, List<TermState> bigrams, double[] rest, double enough)
    {
        var candidates = new DocumentSet(segment.Reader.DocumentCount);
        for (var i = 0; i < bigrams.Count && rest[i] >= enough; i++)
        {
            if (bigrams[i].Entries[segment.Number] is { } entry)
                new TermStream(segment.Reader, entry, segment.Bm25, 0, 1).CollectInto(candidates);
        }
        return candidates;
    }

    private static double Sum(List<TermState> bigrams) => bigrams.Sum(bigram => (double)bigram.Idf);
}
