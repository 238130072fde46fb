using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>Collects the clauses of one level of a query while it is read.</summary>
internal sealed class Clauses(ThaiAnalyzer analyzer)
{
    public const int MostClauses = 256;
    private const int MostBigrams = 1024;

    /// <summary>Parts of a compound that the dictionary knows say little beside it.</summary>
    private const float PartWeight = 0.3f;

    private readonly List<QueryWord> _words = [];
    private readonly List<QueryPhrase> _phrases = [];
    private readonly List<QueryPrefix> _prefixes = [];
    private readonly List<QuerySimilar> _similar = [];
    private readonly List<QueryCondition> _conditions = [];
    private readonly List<QueryGroup> _groups = [];
    private readonly List<string> _bigrams = [];
    private int _position;

    public void AddPhrase(string text, Occur occur, int slop = 0, string? field = null, float boost = 1)
    {
        var terms = SimpleTerms(text);
        if (terms.Count > 1 || field is not null && terms.Count > 0)
            _phrases.Add(new QueryPhrase([.. terms.Take(MostClauses)], occur, slop, field, boost));
        else
            AddWords(text, occur, boost, withOthers: false);
    }

    public bool AddPrefix(string text, Occur occur, string? field, float boost)
    {
        var prefix = ThaiNormalizer.Normalize(text).Text.Trim();
        if (prefix.Length == 0 || prefix.Contains(' '))
            return false;
        _prefixes.Add(new QueryPrefix(prefix, occur, field, boost));
        return true;
    }

    public bool AddSimilar(string text, Occur occur, string? field, float boost)
    {
        var terms = SimpleTerms(text);
        var whole = string.Concat(terms);
        if (terms.Count == 0 || whole != ThaiNormalizer.Normalize(text).Text)
            return false;
        _similar.Add(new QuerySimilar(whole, occur, field, boost));
        return true;
    }

    public void AddCondition(QueryCondition condition) => _conditions.Add(condition);

    public void AddGroup(Query inner, Occur occur)
    {
        if (!inner.IsEmpty)
            _groups.Add(new QueryGroup(inner, occur));
    }

    /// <summary>Of required text every word is required, while of forbidden text only the whole of it is forbidden; so it is in one field.</summary>
    public void AddText(string text, Occur occur, string? field = null, float boost = 1)
    {
        if (occur == Occur.MustNot)
            AddPhrase(text, occur, field: field);
        else if (field is null)
            AddWords(text, occur, boost);
        else
            _phrases.AddRange(SimpleTerms(text).Select(term => new QueryPhrase([term], occur, 0, field, boost)));
    }

    private void AddWords(string text, Occur occur, float boost, bool withOthers = true)
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
            var others = withOthers && !isPart ? Others(term, token) : [];
            _words.Add(new QueryWord(term, others, occur, role, _position + token.Position, token.PositionLength, touching, cover.IsJoinedToNext(token), token.Kind == TokenKind.Thai)
            {
                Weight = isPart ? PartWeight : 1,
                Boost = boost,
                Typed = text[token.Start..token.End],
            });
        }
        _position += analyzed.PositionCount + 1;
    }

    public Query ToQuery(string text)
    {
        var words = _words.DistinctBy(word => (word.Term, word.Occur, word.Role, word.Boost)).Take(MostClauses).ToList();
        // Stop words and fragments count as words where there are no others.
        if (words.Count > 0 && words.All(word => word.Role != WordRole.Matches) && _phrases.Count + _prefixes.Count + _similar.Count == 0)
            words = [.. words.Select(word => word with { Role = WordRole.Matches })];
        return new Query(text)
        {
            Words = words,
            Phrases = [.. _phrases.Take(MostClauses)],
            Prefixes = [.. _prefixes.Take(MostClauses)],
            Similar = [.. _similar.Take(MostClauses)],
            Conditions = [.. _conditions.Take(MostClauses)],
            Groups = [.. _groups.Take(MostClauses)],
            Bigrams = [.. _bigrams.Distinct(StringComparer.Ordinal).Take(MostBigrams)],
        };
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

    private List<string> SimpleTerms(string text)
    {
        var analyzed = analyzer.Analyze(text);
        return [.. analyzed.Tokens.Where(token => !token.IsDerived).Select(token => analyzed.TermOf(token).ToString())];
    }

    private static List<(string Term, int Start, int End)> ReadBigrams(string text)
    {
        var result = new List<(string, int, int)>();
        var bigrams = new ClusterBigrams(text, stackalloc char[ClusterBigrams.BufferLength]);
        while (bigrams.MoveNext())
            result.Add((bigrams.Current.ToString(), bigrams.FirstStart, bigrams.End));
        return result;
    }
}
