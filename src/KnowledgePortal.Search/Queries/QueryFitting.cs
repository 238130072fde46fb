namespace KnowledgePortal.Search.Queries;

/// <summary>Fits the words of a query to an index: unknown compounds fall back to their parts, words broken up by a slip to the likely spelling.</summary>
internal sealed class QueryFitting(TermLookup terms)
{
    private const float CorrectionWeight = 0.9f;
    private const int LongestSplit = 4;

    public Query Fit(Query query) => query.With(
        CorrectSplits(PromoteParts(query.Words)).ConvertAll(WithKnownOthers),
        [.. query.Groups.Select(group => group with { Inner = Fit(group.Inner) })]);

    /// <summary>When the index knows neither a compound nor its synonyms, its parts are searched like words typed one by one.</summary>
    private List<QueryWord> PromoteParts(IReadOnlyList<QueryWord> words)
    {
        var result = new List<QueryWord>();
        var unknownUntil = -1;
        foreach (var word in words)
        {
            var isUnknownCompound = word.PositionLength > 1 && word.Role == WordRole.Matches && word.Alternatives.All(alternative => Frequency(alternative.Term) == 0);
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
        if (split.All(word => word.Role != WordRole.Matches))
            return null;
        var typed = split.Count == 1 ? split[0].Term : string.Concat(split.Select(word => word.Term));
        if (Frequency(typed) > 0)
            return null;
        var candidates = terms.Statistics.WordsButForMarks(typed).Where(term => Frequency(term) > 0)
            .OrderByDescending(Frequency).ThenBy(term => term, StringComparer.Ordinal).ToList();
        if (candidates.Count == 0)
            return null;
        return split[0] with
        {
            Term = candidates[0],
            Others = [.. candidates.Skip(1).Select(term => new Alternative(term, CorrectionWeight, term))],
            Typed = string.Concat(split.Select(word => word.Typed)),
            IsCorrected = true,
            Role = WordRole.Matches,
            Weight = CorrectionWeight,
            PositionLength = split.Count,
            IsJoinedToNext = split[^1].IsJoinedToNext,
        };
    }

    private QueryWord WithKnownOthers(QueryWord word) =>
        word.Others.Count == 0 ? word : word with { Others = [.. word.Others.Where(other => Frequency(other.Term) > 0)] };

    private long Frequency(string term) => terms.Word(term).Frequency;
}
