using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>Collects the clauses of a query while it is read.</summary>
internal sealed class Clauses(ThaiAnalyzer analyzer)
{
    /// <summary>Parts of a compound that the dictionary knows say little beside it.</summary>
    private const float PartWeight = 0.3f;

    private readonly List<QueryWord> _words = [];
    private readonly List<QueryPhrase> _phrases = [];
    private readonly List<QueryPrefix> _prefixes = [];
    private readonly List<string> _bigrams = [];
    private int _position;

    public void AddPhrase(string text, Occur occur)
    {
        var analyzed = analyzer.Analyze(text);
        var terms = SimpleTerms(analyzed);
        // Quoting says that exactly this is wanted.
        var required = occur == Occur.Should ? Occur.Must : occur;
        if (terms.Count > 1)
            _phrases.Add(new QueryPhrase(terms, required));
        else
            AddWords(text, required, withOthers: false);
    }

    public bool AddPrefix(string text, Occur occur)
    {
        var prefix = ThaiNormalizer.Normalize(text).Text.Trim();
        if (prefix.Length == 0 || prefix.Contains(' '))
            return false;
        _prefixes.Add(new QueryPrefix(prefix, occur));
        return true;
    }

    /// <summary>A chunk after + or -: every word of it is required, while only the whole of it is forbidden.</summary>
    public void AddRequired(string chunk, Occur occur)
    {
        if (occur == Occur.MustNot)
            AddPhrase(chunk, occur);
        else
            AddWords(chunk, occur);
    }

    public void AddWords(string text, Occur occur, bool withOthers = true)
    {
        var analyzed = analyzer.Analyze(text);
        var bigrams = occur == Occur.MustNot ? [] : ReadBigrams(analyzed.Normalized.Text);
        var cover = new QueryCover(analyzed);
        foreach (var (token, isPart) in cover.Tokens)
        {
            var term = analyzed.TermOf(token).ToString();
            var touching = bigrams.Where(b => b.End > token.TermStart && b.Start < token.TermStart + token.TermLength).Select(b => b.Term).ToList();
            var role = Role(term, token, isPart, cover);
            if (role != WordRole.Joins)
                _bigrams.AddRange(touching);
            _words.Add(new QueryWord(term, withOthers && !isPart ? Others(term, token) : [], occur, role, _position + token.Position, token.PositionLength, touching, cover.IsJoinedToNext(token), token.Kind == TokenKind.Thai)
            {
                Weight = isPart ? PartWeight : 1,
                Typed = text[token.Start..token.End],
            });
        }
        _position += analyzed.PositionCount + 1;
    }

    public Query ToQuery(string text, int maximumClauses, int maximumBigrams)
    {
        var words = _words.DistinctBy(word => (word.Term, word.Occur, word.Role)).Take(maximumClauses).ToList();
        // Stop words and fragments count as words where there are no others.
        if (words.Count > 0 && words.All(word => word.Role != WordRole.Matches) && _phrases.Count + _prefixes.Count == 0)
            words = [.. words.Select(word => word with { Role = WordRole.Matches })];
        return new Query(text, words, [.. _phrases.Take(maximumClauses)], [.. _prefixes.Take(maximumClauses)],
            [.. _bigrams.Distinct(StringComparer.Ordinal).Take(maximumBigrams)]);
    }

    private static WordRole Role(string term, Token token, bool isPart, QueryCover cover)
    {
        if (StopWords.Contains(term) && !isPart)
            return WordRole.Joins;
        return isPart || token.Kind == TokenKind.JoinedNumber || cover.IsFragment(token) ? WordRole.Supports : WordRole.Matches;
    }

    private List<Alternative> Others(string term, Token token)
    {
        var others = analyzer.Synonyms.Of(term).Select(synonym => new Alternative(synonym.Term, synonym.Weight, analyzer.Synonyms.Written(synonym.Term))).ToList();
        if (token.Kind == TokenKind.Number)
            others.AddRange(CalendarYears.Aliases(term).Select(year => new Alternative(year, 1, year)));
        return others;
    }

    private static List<string> SimpleTerms(AnalyzedText text) =>
        [.. text.Tokens.Where(token => !token.IsDerived).Select(token => text.TermOf(token).ToString())];

    private static List<(string Term, int Start, int End)> ReadBigrams(string text)
    {
        var result = new List<(string, int, int)>();
        var bigrams = new ClusterBigrams(text, stackalloc char[ClusterBigrams.BufferLength]);
        while (bigrams.MoveNext())
            result.Add((bigrams.Current.ToString(), bigrams.FirstStart, bigrams.End));
        return result;
    }
}
