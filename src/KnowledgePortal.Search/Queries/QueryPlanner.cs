using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Fits a query to an index: unknown compounds fall back to their parts, unknown Thai words to likely spellings or to their pairs of clusters.</summary>
internal sealed class QueryPlanner(IReadOnlyList<SegmentView> segments, TermStatistics statistics)
{
    private const float BigramWeight = 0.4f;
    private const float ProximityWeight = 0.4f;
    private const float CorrectionWeight = 0.9f;
    private const int LongestSplit = 4;
    private const int FewestBigrams = 2;
    private const int MostPrefixTerms = 256;

    public (QueryPlan Plan, Query Query) Plan(Query query)
    {
        var words = CorrectSplits(PromoteParts(query.Words)).ConvertAll(WithKnownOthers);
        var groups = new List<TermGroup>();
        var fuzzy = new List<FuzzyGroup>();
        foreach (var word in words.Where(word => word.Role != WordRole.Joins))
            AddGroup(word, groups, fuzzy);
        groups.AddRange(query.Prefixes.Select(ToGroup));
        var bigrams = query.Bigrams.Select(term => Weighted(TermKeys.Of(TermKeys.Bigrams, term), BigramWeight)).ToList();
        var plan = new QueryPlan(groups, fuzzy, [.. query.Phrases.Select(ToClause)], bigrams, Pairs(words));
        return (plan, new Query(query.Text, words, query.Phrases, query.Prefixes, query.Bigrams));
    }

    /// <summary>When the index knows neither a compound nor its synonyms, its parts are searched like words typed one by one.</summary>
    private List<QueryWord> PromoteParts(IReadOnlyList<QueryWord> words)
    {
        var result = new List<QueryWord>();
        var unknownUntil = -1;
        foreach (var word in words)
        {
            var isUnknownCompound = word.PositionLength > 1 && word.Role == WordRole.Matches && !IsKnown(word);
            if (isUnknownCompound)
                unknownUntil = word.Position + word.PositionLength;
            else if (word.Position < unknownUntil && word.Role == WordRole.Supports)
                result.Add(word with { Role = WordRole.Matches, Weight = 1 });
            else
                result.Add(word);
        }
        return result;
    }

    /// <summary>A slip makes ICU split a word into smaller ones; neighbours that together are an indexed word but for its marks stand for that word.</summary>
    private List<QueryWord> CorrectSplits(List<QueryWord> words)
    {
        for (var first = 0; first < words.Count; first++)
        {
            for (var count = Joined(words, first); count > 0; count--)
            {
                if (Correct(words.GetRange(first, count)) is not { } corrected)
                    continue;
                for (var i = first; i < first + count; i++)
                    words[i] = words[i] with { Role = WordRole.Supports, Weight = 1 - CorrectionWeight };
                words.Insert(first, corrected);
                first += count;
                break;
            }
        }
        return words;
    }

    private static int Joined(List<QueryWord> words, int first)
    {
        var count = 0;
        while (count < LongestSplit && first + count < words.Count && CanCorrect(words[first + count]) && (count == 0 || IsNext(words, first + count)))
            count++;
        return count;
    }

    private static bool CanCorrect(QueryWord word) => word.IsThai && word.Occur != Occur.MustNot && word.Weight == 1;

    private static bool IsNext(List<QueryWord> words, int i) =>
        words[i - 1].IsJoinedToNext && words[i].Position == words[i - 1].Position + 1 && words[i].Occur == words[i - 1].Occur;

    private QueryWord? Correct(List<QueryWord> split)
    {
        var typed = string.Concat(split.Select(word => word.Term));
        if (split.All(word => word.Role != WordRole.Matches) || Frequency(typed) > 0)
            return null;
        var candidates = Spelling.Candidates(segments, typed).OrderByDescending(Frequency).ThenBy(term => term, StringComparer.Ordinal).ToList();
        if (candidates.Count == 0 || Frequency(candidates[0]) == 0)
            return null;
        return split[0] with
        {
            Term = candidates[0],
            Others = [.. candidates.Skip(1).Where(term => Frequency(term) > 0).Select(term => new Alternative(term, CorrectionWeight, term))],
            Typed = string.Concat(split.Select(word => word.Typed)),
            IsCorrected = true,
            Role = WordRole.Matches,
            Weight = CorrectionWeight,
            PositionLength = split.Count,
            IsJoinedToNext = split[^1].IsJoinedToNext,
        };
    }

    private void AddGroup(QueryWord word, List<TermGroup> groups, List<FuzzyGroup> fuzzy)
    {
        var counts = word.Role == WordRole.Matches;
        if (counts && word.IsThai && word.Occur != Occur.MustNot && word.Bigrams.Count >= FewestBigrams && !IsKnown(word))
            fuzzy.Add(new FuzzyGroup([.. word.Bigrams.Distinct(StringComparer.Ordinal).Select(b => Weighted(TermKeys.Of(TermKeys.Bigrams, b), 1))], word.Occur == Occur.Must));
        else
            groups.Add(new TermGroup([.. word.Alternatives.Select(a => new WeightedTerm(Key(a.Term), a.Weight))], word.Weight * Idf(word), word.Occur, counts));
    }

    private TermGroup ToGroup(QueryPrefix prefix)
    {
        var terms = statistics.TermsWith(Key(prefix.Text), MostPrefixTerms);
        var frequency = terms.Count == 0 ? 0 : terms.Max(statistics.DocumentFrequency);
        return new TermGroup([.. terms.Select(term => new WeightedTerm(term, 1))], Bm25.Idf(statistics.DocumentCount, frequency), prefix.Occur, Counts: true);
    }

    private PhraseClause ToClause(QueryPhrase phrase)
    {
        var keys = phrase.Terms.Select(Key).ToList();
        return new PhraseClause(keys, keys.Sum(statistics.Idf), phrase.Occur);
    }

    private List<WordPair> Pairs(List<QueryWord> words)
    {
        var ordered = words.Where(word => HasPlace(word) && word.Occur != Occur.MustNot && IsKnown(word.Term)).OrderBy(word => word.Position).ToList();
        return
        [
            .. ordered.Zip(ordered.Skip(1))
                .Where(pair => pair.Second.Position == pair.First.Position + pair.First.PositionLength)
                .Select(pair => new WordPair(Key(pair.First.Term), Key(pair.Second.Term), pair.First.PositionLength,
                    ProximityWeight * (statistics.Idf(Key(pair.First.Term)) + statistics.Idf(Key(pair.Second.Term))) / 2)),
        ];
    }

    private QueryWord WithKnownOthers(QueryWord word) => word.Others.Count == 0 ? word : word with { Others = [.. word.Others.Where(other => IsKnown(other.Term))] };

    /// <summary>True for words and fragments, but not for the parts inside them.</summary>
    private static bool HasPlace(QueryWord word) => word.Role == WordRole.Matches || word is { Role: WordRole.Supports, Weight: 1, PositionLength: 1 };

    private bool IsKnown(QueryWord word) => word.Alternatives.Any(alternative => IsKnown(alternative.Term));

    private bool IsKnown(string term) => Frequency(term) > 0;

    private long Frequency(string term) => statistics.DocumentFrequency(Key(term));

    private float Idf(QueryWord word) => Bm25.Idf(statistics.DocumentCount, word.Alternatives.Max(alternative => Frequency(alternative.Term)));

    private WeightedTerm Weighted(byte[] key, float weight) => new(key, weight * statistics.Idf(key));

    private static byte[] Key(string term) => TermKeys.Of(TermKeys.Words, term);
}
