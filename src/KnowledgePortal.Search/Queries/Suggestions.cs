using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>Other queries than the one that was typed: with likelier words, or with the last word completed.</summary>
internal sealed class Suggestions(QueryParser parser, TermLookup terms)
{
    /// <summary>A suggestion is in so many times more documents than the word that was typed.</summary>
    private const int TimesLikelier = 20;

    private const int LongestSplit = 4;
    private const int MostCompletions = 2000;

    public string? DidYouMean(string query)
    {
        var result = query;
        foreach (var level in parser.Parse(query).Positive())
        {
            var words = level.Words.Where(word => word.Occur != Occur.MustNot && word.Weight == 1).ToList();
            for (var first = 0; first < words.Count; first++)
            {
                if (Likelier(words, first) is not var (typed, meant, count))
                    continue;
                result = result.Replace(typed, meant, StringComparison.Ordinal);
                first += count - 1;
            }
        }
        return result == query ? null : result;
    }

    public IReadOnlyList<string> Complete(string query, int most)
    {
        var start = query.LastIndexOf(' ') + 1;
        if (start == query.Length)
            return [];
        foreach (var word in parser.Parse(query[start..]).Words.Where(word => word.Weight == 1))
        {
            // From the first token on, then from the second: the longest ending that begins known words.
            var at = query.IndexOf(word.Typed, start, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var beginning = ThaiNormalizer.Normalize(query[at..]).Text;
            var completions = terms.Statistics.WordsWith(beginning, MostCompletions).Where(term => term.Length > beginning.Length && terms.Word(term).Frequency > 0)
                .OrderByDescending(term => terms.Word(term).Frequency).ThenBy(term => term, StringComparer.Ordinal).Take(most).Select(term => query[..at] + term).ToList();
            if (completions.Count > 0)
                return completions;
        }
        return [];
    }

    /// <summary>The longest run of joined words from <paramref name="first"/> on that as one word has a likelier neighbour.</summary>
    private (string Typed, string Meant, int Count)? Likelier(List<QueryWord> words, int first)
    {
        for (var count = Math.Min(LongestSplit, words.Count - first); count > 0; count--)
        {
            var run = words.GetRange(first, count);
            if (run.Take(count - 1).Any(word => !word.IsJoinedToNext) || run.TrueForAll(word => terms.Word(word.Term).Frequency > 0 && count > 1))
                continue;
            var term = string.Concat(run.Select(word => word.Term));
            var enough = Math.Max(1, terms.Word(term).Frequency * TimesLikelier);
            var best = terms.Statistics.SimilarWords(term).Where(other => other != term && terms.Word(other).Frequency >= enough && CharacterCount(other) > 2)
                .OrderByDescending(other => terms.Word(other).Frequency).ThenBy(other => other, StringComparer.Ordinal).FirstOrDefault();
            if (best is not null && CharacterCount(term) > 2)
                return (string.Concat(run.Select(word => word.Typed)), best, count);
        }
        return null;
    }

    private static int CharacterCount(string term) => term.Count(c => !ThaiCharacters.IsMark(c));
}
