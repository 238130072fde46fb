using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Tests.Search;

/// <summary>A query as a tree, with the text that a person would type for it.</summary>
internal abstract record NaiveQuery(string Typed)
{
    public abstract bool Matches(NaiveScorer index, NaiveDocument document);

    /// <summary>The clauses that add to the score.</summary>
    public abstract IEnumerable<NaiveClause> Clauses();

    /// <summary>Neighbouring words of the same text.</summary>
    public virtual IEnumerable<NaivePair> Pairs() => [];
}

internal abstract record NaiveClause(string Typed) : NaiveQuery(Typed)
{
    public abstract double Score(NaiveScorer index, NaiveDocument document);

    public override IEnumerable<NaiveClause> Clauses() => [this];
}

/// <summary>A word; one that no document has is looked for by its pairs of clusters.</summary>
internal sealed record NaiveWord(string Term, double Boost = 1) : NaiveClause(Boost == 1 ? Term : FormattableString.Invariant($"{Term}^{Boost}"))
{
    public override bool Matches(NaiveScorer index, NaiveDocument document)
    {
        var bigrams = NaiveDocument.BigramsOf(Term).Distinct().ToList();
        return index.Knows(Term) || bigrams.Count < 2 || !ThaiCharacters.IsThai(Term[0])
            ? document.Words.ContainsKey(Term)
            : bigrams.Where(document.Bigrams.ContainsKey).Sum(index.BigramIdf) >= 0.75 * bigrams.Sum(index.BigramIdf) - 1e-9;
    }

    public override double Score(NaiveScorer index, NaiveDocument document) =>
        Boost * index.Idf(Term) * index.Saturation(document.Words.GetValueOrDefault(Term), document);
}

/// <summary>Words in their order, in one value, with up to so many others in between; in the title when that is named.</summary>
internal sealed record NaivePhrase(IReadOnlyList<string> Terms, int Slop, bool InTitle)
    : NaiveClause($"{(InTitle ? "title:" : "")}\"{string.Join(' ', Terms)}\"{(Slop > 0 ? $"~{Slop}" : "")}")
{
    public override bool Matches(NaiveScorer index, NaiveDocument document) => Count(document) > 0;

    public override double Score(NaiveScorer index, NaiveDocument document) =>
        Terms.Sum(index.Idf) * index.Saturation(Count(document) * (InTitle ? index.TitleBoost : 1), document);

    private int Count(NaiveDocument document) => document.Positions.Count(start => start.Term == Terms[0] && (start.IsTitle || !InTitle) && Follows(document, start));

    private bool Follows(NaiveDocument document, (int Position, string Term, bool IsTitle) start)
    {
        var at = start.Position;
        foreach (var term in Terms.Skip(1))
        {
            var next = document.Positions.Where(p => p.Term == term && p.Position > at && p.IsTitle == start.IsTitle).Select(p => p.Position).DefaultIfEmpty(-1).Min();
            if (next < 0)
                return false;
            at = next;
        }
        return at - start.Position - (Terms.Count - 1) <= Slop;
    }
}

/// <summary>All words for which a condition holds, as one word.</summary>
internal sealed record NaiveAny(string Typed, Func<string, bool> Holds, bool InTitle) : NaiveClause(Typed)
{
    public override bool Matches(NaiveScorer index, NaiveDocument document) => Frequency(index, document) > 0;

    public override double Score(NaiveScorer index, NaiveDocument document) =>
        index.KnownWords.Where(Holds).Select(index.Idf).DefaultIfEmpty(0).Min() * index.Saturation(Frequency(index, document), document);

    private double Frequency(NaiveScorer index, NaiveDocument document) => InTitle
        ? document.Positions.Count(p => p.IsTitle && Holds(p.Term)) * index.TitleBoost
        : document.Words.Where(word => Holds(word.Key)).Sum(word => word.Value);
}

/// <summary>A filter without a score.</summary>
internal sealed record NaiveCondition(string Typed, Func<PlainDocument, bool> Holds) : NaiveQuery(Typed)
{
    public override bool Matches(NaiveScorer index, NaiveDocument document) => Holds(document.Source);

    public override IEnumerable<NaiveClause> Clauses() => [];
}

/// <summary>Parts of which all that are required match, none that is forbidden, and one at least of the others when only conditions are required.</summary>
internal sealed record NaiveLevel(string Typed, IReadOnlyList<(NaiveQuery Query, char Sign)> Parts) : NaiveQuery(Typed)
{
    public override bool Matches(NaiveScorer index, NaiveDocument document)
    {
        if (Parts.Any(part => part.Sign == '-' && part.Query.Matches(index, document)) || Parts.Any(part => part.Sign == '+' && !part.Query.Matches(index, document)))
            return false;
        var optional = Parts.Where(part => part.Sign == ' ').ToList();
        return optional.Count == 0 || Parts.Any(part => part.Sign == '+' && part.Query is not NaiveCondition) || optional.Exists(part => part.Query.Matches(index, document));
    }

    public override IEnumerable<NaiveClause> Clauses() => Parts.Where(part => part.Sign != '-').SelectMany(part => part.Query.Clauses());

    /// <summary>True where the parts are typed one after another, without AND or OR between.</summary>
    public bool IsText { get; init; }

    public override IEnumerable<NaivePair> Pairs() =>
        Parts.Where(part => part.Sign != '-').SelectMany(part => part.Query.Pairs())
            .Concat(Parts.Take(IsText ? Parts.Count : 0).Zip(Parts.Skip(1)).Where(pair => pair is { First: { Sign: ' ', Query: NaiveWord { Boost: 1 } }, Second: { Sign: ' ', Query: NaiveWord { Boost: 1 } } })
                .Select(pair => new NaivePair(((NaiveWord)pair.First.Query).Term, ((NaiveWord)pair.Second.Query).Term)));
}

/// <summary>Two neighbouring words, which are worth more side by side.</summary>
internal sealed record NaivePair(string First, string Second)
{
    public double Score(NaiveScorer index, NaiveDocument document) =>
        0.6 * (index.Idf(First) + index.Idf(Second)) / 2
            * index.Saturation(document.Positions.Count(p => p.Term == First && document.Holds(Second, p.Position + 1)), document);
}
