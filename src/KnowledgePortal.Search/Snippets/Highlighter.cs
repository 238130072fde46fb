using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Search.Snippets;

/// <summary>
/// Shows where a text matches a query. All offsets are in the original text as given, in UTF-16 units, and no range begins or ends between a letter and its
/// marks. Safe for use by many threads.
/// </summary>
/// <param name="query">From <see cref="SearchResult.Query"/>.</param>
/// <param name="analyzer">The one that the index was made with.</param>
public sealed class Highlighter(Query query, ThaiAnalyzer analyzer)
{
    /// <summary>Part of a snippet that is given to the text before the first match.</summary>
    private const int LeadDivisor = 4;

    private readonly QueryMatches _matches = new(query);

    /// <summary>Ranges to highlight, in order, apart from each other.</summary>
    public IReadOnlyList<TextSpan> Spans(string text) => ToSpans(text, _matches.In(analyzer.Analyze(text)));

    /// <summary>How many different words of the query the text has, to choose the best of several texts. 0 when nothing matches.</summary>
    public float Score(string text) => _matches.In(analyzer.Analyze(text)).Where(match => match.Clause >= 0).Select(match => match.Clause).Distinct().Count();

    /// <summary>The part of the text, about <paramref name="length"/> units long, that has most different words of the query.</summary>
    public Snippet Snippet(string text, int length)
    {
        var analyzed = analyzer.Analyze(text);
        var matches = _matches.In(analyzed);
        var (start, end) = text.Length <= length ? (0, text.Length) : Window(text, analyzed, matches, Math.Max(1, length));
        var spans = ToSpans(text, matches).Where(span => span.Start < end && span.End > start)
            .Select(span => (Start: Math.Max(span.Start, start), End: Math.Min(span.End, end)))
            .Select(span => new TextSpan(span.Start - start, span.End - span.Start)).ToList();
        return new Snippet(text[start..end], spans, start, start > 0, end < text.Length);
    }

    private static (int Start, int End) Window(string text, AnalyzedText analyzed, List<QueryMatch> matches, int length)
    {
        var first = BestStart(matches, length - length / LeadDivisor);
        var wanted = Math.Max(0, Math.Min(first - length / LeadDivisor, text.Length - length));
        var start = wanted == 0 ? 0 : analyzed.Tokens.Where(token => token.Start >= wanted && token.Start <= first).Select(token => token.Start).FirstOrDefault(first);
        start = GraphemeClusters.BoundaryBefore(text, start);
        var most = Math.Min(text.Length, start + length);
        var end = most == text.Length ? most : analyzed.Tokens.Where(token => token.End > start && token.End <= most).Select(token => token.End).DefaultIfEmpty(most).Max();
        return (start, GraphemeClusters.BoundaryAfter(text, end));
    }

    /// <summary>Start of the match from which on the most different clauses follow within <paramref name="reach"/>; the earliest of equals.</summary>
    private static int BestStart(List<QueryMatch> matches, int reach)
    {
        var counts = new Dictionary<int, int>();
        var (best, bestScore, next) = (0, 0, 0);
        for (var first = 0; first < matches.Count; first++)
        {
            for (; next < matches.Count && matches[next].End <= matches[first].Start + reach; next++)
                counts[matches[next].Clause] = counts.GetValueOrDefault(matches[next].Clause) + 1;
            var score = counts.Count(pair => pair is { Key: >= 0, Value: > 0 });
            if (score > bestScore)
                (best, bestScore) = (matches[first].Start, score);
            if (next > first)
                counts[matches[first].Clause]--;
            else
                next = first + 1;
        }
        return best;
    }

    private static List<TextSpan> ToSpans(string text, List<QueryMatch> matches)
    {
        var spans = new List<TextSpan>();
        foreach (var (start, end) in Accepted(text, matches))
        {
            var from = GraphemeClusters.BoundaryBefore(text, start);
            var to = GraphemeClusters.BoundaryAfter(text, end);
            if (spans.Count > 0 && Touches(text, spans[^1].End, from))
                spans[^1] = new TextSpan(spans[^1].Start, Math.Max(spans[^1].End, to) - spans[^1].Start);
            else
                spans.Add(new TextSpan(from, to - from));
        }
        return spans;
    }

    /// <summary>Leaves out stop words and parts that touch no other accepted match.</summary>
    private static IEnumerable<(int Start, int End)> Accepted(string text, List<QueryMatch> matches)
    {
        var accepted = matches.Select(match => match.Clause >= 0).ToArray();
        for (var (i, end) = (0, -1); i < matches.Count; i++)
        {
            accepted[i] |= end >= 0 && Touches(text, end, matches[i].Start);
            if (accepted[i])
                end = Math.Max(end, matches[i].End);
        }
        for (var (i, start) = (matches.Count - 1, -1); i >= 0; i--)
        {
            accepted[i] |= start >= 0 && Touches(text, matches[i].End, start);
            if (accepted[i])
                start = matches[i].Start;
        }
        return matches.Where((_, i) => accepted[i]).Select(match => (match.Start, match.End));
    }

    /// <summary>True when nothing visible stands between the two offsets.</summary>
    private static bool Touches(string text, int end, int start)
    {
        while (end < start && ThaiNormalizer.IsDeleted(text[end]))
            end++;
        return end >= start;
    }
}
