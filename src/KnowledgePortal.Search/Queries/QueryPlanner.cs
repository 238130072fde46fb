namespace KnowledgePortal.Search.Queries;

/// <summary>Makes a plan of a query that <see cref="QueryFitting"/> has fitted to the index.</summary>
internal sealed class QueryPlanner(TermLookup terms)
{
    private const float BigramWeight = 0.5f;
    private const float ProximityWeight = 0.6f;

    /// <summary>Pairs of clusters that a larger share of the documents have say little and cost much, unless they are few.</summary>
    private const double MostCommonBigram = 0.12;
    private const int FewDocuments = 1000;

    private const int FewestBigrams = 2;
    private const int MostPrefixTerms = 256;

    public (QueryPlan Plan, Query Query) Plan(Query query)
    {
        var fitted = new QueryFitting(terms).Fit(query);
        var levels = fitted.Positive().ToList();
        var bigrams = levels.SelectMany(level => level.Bigrams).Distinct(StringComparer.Ordinal).Select(terms.Bigram)
            .Where(bigram => bigram.Frequency > 0 && bigram.Frequency <= Math.Max(FewDocuments, MostCommonBigram * terms.Statistics.DocumentCount)).Select(bigram => new WeightedTerm(bigram, BigramWeight * bigram.Idf)).ToList();
        return (new QueryPlan(ToNode(fitted), bigrams, [.. levels.SelectMany(level => Pairs(level.Words))]), fitted);
    }

    private PlanNode ToNode(Query level)
    {
        var clauses = new List<PlanClause>();
        clauses.AddRange(level.Words.Where(word => word.Role != WordRole.Joins).Select(ToClause));
        clauses.AddRange(level.Prefixes.Select(prefix => Any(terms.Statistics.WordsWith(prefix.Text, MostPrefixTerms), prefix.Occur, prefix.Field, prefix.Boost)));
        clauses.AddRange(level.Similar.Select(similar => Any(terms.Statistics.SimilarWords(similar.Term), similar.Occur, similar.Field, similar.Boost)));
        clauses.AddRange(level.Phrases.Select(ToClause));
        clauses.AddRange(level.Conditions.Select(condition => new Condition(condition)));
        return new PlanNode(clauses, [.. level.Groups.Select(group => (ToNode(group.Inner), group.Occur))]);
    }

    private PlanClause ToClause(QueryWord word)
    {
        var counts = word.Role == WordRole.Matches;
        if (counts && word.IsThai && word.Occur != Occur.MustNot && word.Bigrams.Count >= FewestBigrams && !IsKnown(word))
            return new FuzzyGroup([.. word.Bigrams.Distinct(StringComparer.Ordinal).Select(terms.Bigram)], word.Occur);
        var alternatives = word.Alternatives.Select(alternative => new WeightedTerm(terms.Word(alternative.Term), alternative.Weight)).ToList();
        return new TermGroup(alternatives, word.Boost * word.Weight * MostFrequentIdf(alternatives), word.Occur, counts);
    }

    private PlanClause ToClause(QueryPhrase phrase)
    {
        var states = phrase.Terms.Select(terms.Word).ToList();
        var weight = phrase.Boost * states.Sum(state => state.Idf);
        if (states.Count == 1 && phrase.Field is not null)
            return new FieldTerms([new WeightedTerm(states[0], 1)], phrase.Field, weight, phrase.Occur);
        return phrase.Slop > 0 || phrase.Field is not null
            ? new SloppyPhrase(states, phrase.Slop, phrase.Field, weight, phrase.Occur)
            : new PhraseClause(states, weight, phrase.Occur);
    }

    private PlanClause Any(IReadOnlyList<string> words, Occur occur, string? field, float boost)
    {
        var alternatives = words.Select(word => new WeightedTerm(terms.Word(word), 1)).ToList();
        var weight = boost * MostFrequentIdf(alternatives);
        return field is null ? new TermGroup(alternatives, weight, occur, Counts: true) : new FieldTerms(alternatives, field, weight, occur);
    }

    private List<WordPair> Pairs(IReadOnlyList<QueryWord> words)
    {
        var ordered = words.Where(word => HasPlace(word) && word.Occur != Occur.MustNot && terms.Word(word.Term).Frequency > 0).OrderBy(word => word.Position).ToList();
        return
        [
            .. ordered.Zip(ordered.Skip(1))
                .Where(pair => pair.Second.Position == pair.First.Position + pair.First.PositionLength)
                .Select(pair => (First: terms.Word(pair.First.Term), Second: terms.Word(pair.Second.Term), Distance: pair.First.PositionLength))
                .Select(pair => new WordPair(pair.First, pair.Second, pair.Distance, ProximityWeight * (pair.First.Idf + pair.Second.Idf) / 2)),
        ];
    }

    /// <summary>True for words and fragments, but not for the parts inside them.</summary>
    private static bool HasPlace(QueryWord word) => word.Role == WordRole.Matches || word is { Role: WordRole.Supports, Weight: 1, PositionLength: 1 };

    private bool IsKnown(QueryWord word) => word.Alternatives.Any(alternative => terms.Word(alternative.Term).Frequency > 0);

    /// <summary>A synonym must not make a common word rare.</summary>
    private static float MostFrequentIdf(List<WeightedTerm> alternatives) => alternatives.Count == 0 ? 0 : alternatives.Min(alternative => alternative.Term.Idf);
}
