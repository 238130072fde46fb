using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// The part of a long text that is worth a closer look for a snippet: reading all words of whole articles costs more than the search itself. Letters are
/// compared as they stand; where that finds nothing, as with letters that are written in another order, the whole text is the passage.
/// </summary>
public sealed class Passage
{
    private const int Length = 500;
    private const int Before = 120;
    private const int MostPlaces = 40; // of each word

    private readonly string[] _words;

    public Passage(Query query, ThaiAnalyzer analyzer)
    {
        var analyzed = analyzer.Analyze(query.Text);
        _words = [.. analyzed.Tokens.Select(token => query.Text[token.Start..token.End]).Concat(query.Expansions.SelectMany(e => e.Also))
            .Where(word => word.Length > 1).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <returns>Where it begins and ends, at white space or at the ends of the text.</returns>
    public (int Start, int End) In(string text)
    {
        if (text.Length <= Length) return (0, text.Length);
        var places = _words.SelectMany((word, number) => Places(text, word).Select(at => (at, number))).Order().ToList();
        if (places.Count == 0) return (0, _words.Length == 0 ? EndAfter(text, Length) : text.Length);
        var start = StartBefore(text, Math.Max(0, Best(places) - Before));
        return (start, EndAfter(text, start + Length));
    }

    private static IEnumerable<int> Places(string text, string word)
    {
        var at = -1;
        for (var count = 0; count < MostPlaces && (at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase)) >= 0; count++) yield return at;
    }

    // The place from which on the most different words follow; the earliest of equals.
    private static int Best(List<(int At, int Word)> places)
    {
        var (best, most) = (0, 0);
        for (var first = 0; first < places.Count; first++)
        {
            var words = new HashSet<int>();
            for (var i = first; i < places.Count && places[i].At < places[first].At + Length - Before; i++) words.Add(places[i].Word);
            if (words.Count > most) (best, most) = (places[first].At, words.Count);
        }
        return best;
    }

    private static int StartBefore(string text, int at)
    {
        while (at > 0 && !char.IsWhiteSpace(text[at - 1])) at--;
        return at;
    }

    private static int EndAfter(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
        return Math.Min(at, text.Length);
    }
}
