using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>A query as the engine understood it.</summary>
public sealed class Query
{
    internal Query(string text) => Text = text;

    /// <summary>The words and signs between or before others that are no words to search for when they stand alone.</summary>
    public static IReadOnlyList<string> Operators { get; } = ["AND", "OR", "NOT", "&&", "||"];

    /// <summary>As typed.</summary>
    public string Text { get; }

    /// <summary>What the engine searches beside the letters that were typed, to tell the person; empty when it added nothing.</summary>
    public IReadOnlyList<QueryExpansion> Expansions =>
        [.. Positive().SelectMany(level => level.Words).Where(word => word is { Role: WordRole.Matches, Occur: not Occur.MustNot })
            .Select(QueryExpansion.Of).OfType<QueryExpansion>().Distinct()];

    /// <summary>True when it names nothing to search for, so that every document matches.</summary>
    public bool IsEmpty => Words.Count + Phrases.Count + Prefixes.Count + Similar.Count + Conditions.Count + Groups.Count == 0;

    /// <summary>Reads what a person typed, for highlighting where there is no index; never throws.</summary>
    public static Query Parse(string text, ThaiAnalyzer analyzer) => new QueryParser(analyzer, null).Parse(text);

    internal IReadOnlyList<QueryWord> Words { get; init; } = [];

    internal IReadOnlyList<QueryPhrase> Phrases { get; init; } = [];

    internal IReadOnlyList<QueryPrefix> Prefixes { get; init; } = [];

    internal IReadOnlyList<QuerySimilar> Similar { get; init; } = [];

    internal IReadOnlyList<QueryCondition> Conditions { get; init; } = [];

    internal IReadOnlyList<QueryGroup> Groups { get; init; } = [];

    /// <summary>Distinct pairs of Thai clusters of the words that may match.</summary>
    internal IReadOnlyList<string> Bigrams { get; init; } = [];

    internal Query With(IReadOnlyList<QueryWord> words, IReadOnlyList<QueryGroup> groups) => new(Text)
    {
        Words = words,
        Groups = groups,
        Phrases = Phrases,
        Prefixes = Prefixes,
        Similar = Similar,
        Conditions = Conditions,
        Bigrams = Bigrams,
    };

    /// <summary>This level and those below it that are not forbidden.</summary>
    internal IEnumerable<Query> Positive() => Groups.Where(group => group.Occur != Occur.MustNot).SelectMany(group => group.Inner.Positive()).Prepend(this);
}

/// <summary>Whether a document may, must or must not match.</summary>
internal enum Occur : byte
{
    Should,
    Must,
    MustNot,
}

/// <summary>What a word does for a document.</summary>
internal enum WordRole : byte
{
    /// <summary>A document with it is a match.</summary>
    Matches,

    /// <summary>It adds to the score of a match: parts of compounds, and fragments that ICU left of an unknown word.</summary>
    Supports,

    /// <summary>It is only highlighted, and only beside another highlighted word: stop words.</summary>
    Joins,
}

/// <summary>One term by which a word may be found.</summary>
/// <param name="Term">As it is indexed.</param>
/// <param name="Weight">How much it counts beside the word itself.</param>
/// <param name="Written">As a person writes it.</param>
internal readonly record struct Alternative(string Term, float Weight, string Written);

/// <summary>A word of the query.</summary>
/// <param name="Term">Its own term.</param>
/// <param name="Others">Synonyms, years of the other era.</param>
/// <param name="Occur">Whether it is required.</param>
/// <param name="Role">What it does.</param>
/// <param name="Position">Number of simple tokens of the query before it.</param>
/// <param name="PositionLength">Simple tokens it covers.</param>
/// <param name="Bigrams">The pairs of Thai clusters that touch it, by which it is looked for when it is unknown.</param>
/// <param name="IsJoinedToNext">True when the next word follows without a space.</param>
/// <param name="IsThai">True for a word that ICU found in Thai text.</param>
internal sealed record QueryWord(
    string Term, IReadOnlyList<Alternative> Others, Occur Occur, WordRole Role, int Position, int PositionLength,
    IReadOnlyList<string> Bigrams, bool IsJoinedToNext, bool IsThai)
{
    /// <summary>How much the score of the word counts.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>As <see cref="Weight"/>, but as the person wished.</summary>
    public float Boost { get; init; } = 1;

    /// <summary>As it stands in the query.</summary>
    public string Typed { get; init; } = Term;

    /// <summary>True for a word that was not typed but is likely to be meant.</summary>
    public bool IsCorrected { get; init; }

    public IEnumerable<Alternative> Alternatives => Others.Prepend(new Alternative(Term, 1, Term));
}

/// <summary>Terms that have to stand in this order with up to <paramref name="Slop"/> other words in between, in one field when it is named.</summary>
internal sealed record QueryPhrase(IReadOnlyList<string> Terms, Occur Occur, int Slop, string? Field, float Boost);

/// <summary>The beginning of a term.</summary>
internal sealed record QueryPrefix(string Text, Occur Occur, string? Field, float Boost);

/// <summary>A term and those that differ from it in one cluster.</summary>
internal sealed record QuerySimilar(string Term, Occur Occur, string? Field, float Boost);

/// <summary>A value of a keyword field, or when that is null a range of a number field, both ends included.</summary>
internal sealed record QueryCondition(string Field, string? Value, long Least, long Most, Occur Occur);

/// <summary>A query in brackets.</summary>
internal sealed record QueryGroup(Query Inner, Occur Occur);
