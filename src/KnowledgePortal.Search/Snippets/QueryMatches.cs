using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Search.Snippets;

/// <summary>One place where a clause of the query matches.</summary>
/// <param name="Start">Offset in the original text.</param>
/// <param name="End">Offset just after it.</param>
/// <param name="Clause">Number of the clause, or -1 for a stop word or a part, which is highlighted only beside another match.</param>
internal readonly record struct QueryMatch(int Start, int End, int Clause);

/// <summary>Finds where a query matches in an analyzed text.</summary>
internal sealed class QueryMatches
{
    private const int Weak = -1;
    private const int FewestFuzzyPairs = 3;

    private readonly Dictionary<string, int> _clauseOf = new(StringComparer.Ordinal);
    private readonly List<(QueryPrefix Prefix, int Clause)> _prefixes = [];
    private readonly List<(QueryPhrase Phrase, int Clause)> _phrases = [];
    private readonly HashSet<string> _bigrams = new(StringComparer.Ordinal);
    private int _clauses;

    public QueryMatches(Query query)
    {
        foreach (var level in query.Positive())
            Add(level);
    }

    private void Add(Query level)
    {
        foreach (var word in level.Words.Where(word => word is { Role: WordRole.Matches, Occur: not Occur.MustNot }))
        {
            foreach (var alternative in word.Alternatives)
                _clauseOf.TryAdd(alternative.Term, _clauses);
            _clauses++;
        }
        foreach (var similar in level.Similar.Where(similar => similar.Occur != Occur.MustNot))
            _clauseOf.TryAdd(similar.Term, _clauses++);
        foreach (var word in level.Words.Where(word => word.Occur != Occur.MustNot && word.Role != WordRole.Matches))
            _clauseOf.TryAdd(word.Term, Weak);
        foreach (var prefix in level.Prefixes.Where(prefix => prefix.Occur != Occur.MustNot))
            _prefixes.Add((prefix, _clauses++));
        foreach (var phrase in level.Phrases.Where(phrase => phrase.Occur != Occur.MustNot))
            _phrases.Add((phrase, _clauses++));
        _bigrams.UnionWith(level.Bigrams);
    }

    /// <summary>All matches in order of their start. When no word matches, stretches that share pairs of clusters with the query.</summary>
    public List<QueryMatch> In(AnalyzedText text)
    {
        var matches = new List<QueryMatch>();
        var lookup = _clauseOf.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var token in text.Tokens)
        {
            var term = text.TermOf(token);
            if (lookup.TryGetValue(term, out var clause))
                matches.Add(new QueryMatch(token.Start, token.End, clause));
            foreach (var (prefix, number) in _prefixes)
            {
                if (term.StartsWith(prefix.Text, StringComparison.Ordinal))
                    matches.Add(new QueryMatch(token.Start, token.End, number));
            }
        }
        foreach (var (phrase, clause) in _phrases)
            AddPhrase(text, phrase, clause, matches);
        if (!matches.Exists(match => match.Clause != Weak))
            AddStretches(text.Normalized, matches);
        matches.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        return matches;
    }

    private static void AddPhrase(AnalyzedText text, QueryPhrase phrase, int clause, List<QueryMatch> matches)
    {
        var simple = text.Tokens.Where(token => !token.IsDerived).ToList();
        for (var first = 0; first + phrase.Terms.Count <= simple.Count; first++)
        {
            var count = 0;
            while (count < phrase.Terms.Count && text.TermOf(simple[first + count]).SequenceEqual(phrase.Terms[count]))
                count++;
            if (count == phrase.Terms.Count)
                matches.Add(new QueryMatch(simple[first].Start, simple[first + count - 1].End, clause));
        }
    }

    private void AddStretches(NormalizedText text, List<QueryMatch> matches)
    {
        var bigrams = new ClusterBigrams(text.Text, stackalloc char[ClusterBigrams.BufferLength]);
        var lookup = _bigrams.GetAlternateLookup<ReadOnlySpan<char>>();
        var (start, end, pairs) = (0, 0, 0);
        while (bigrams.MoveNext())
        {
            var continues = pairs > 0 && bigrams.FirstStart < end;
            var isShared = lookup.Contains(bigrams.Current);
            if (!isShared || !continues)
            {
                AddStretch(text, start, end, pairs, matches);
                (start, pairs) = (bigrams.FirstStart, 0);
            }
            if (isShared)
                (end, pairs) = (bigrams.End, pairs + 1);
        }
        AddStretch(text, start, end, pairs, matches);
    }

    private void AddStretch(NormalizedText text, int start, int end, int pairs, List<QueryMatch> matches)
    {
        if (pairs > 0 && pairs >= Math.Min(FewestFuzzyPairs, _bigrams.Count))
            matches.Add(new QueryMatch(text.StartOf(start), text.EndOf(end - 1), 0));
    }
}
