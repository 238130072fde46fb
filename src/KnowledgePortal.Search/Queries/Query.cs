using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Queries;

/// <summary>A query as the engine understood it.</summary>
public sealed class Query
{
    internal Query(string text, IReadOnlyList<QueryWord> words, IReadOnlyList<QueryPhrase> phrases, IReadOnlyList<QueryPrefix> prefixes, IReadOnlyList<string> bigrams)
    {
        Text = text;
        Words = words;
        Phrases = phrases;
        Prefixes = prefixes;
        Bigrams = bigrams;
        Expansions = [.. words.Where(word => word is { Role: WordRole.Matches, Occur: not Occur.MustNot }).Select(QueryExpansion.Of).OfType<QueryExpansion>().Distinct()];
    }

    /// <summary>As typed.</summary>
    public string Text { get; }

    /// <summary>What the engine searches beside the letters that were typed, to tell the person; empty when it added nothing.</summary>
    public IReadOnlyList<QueryExpansion> Expansions { get; }

    /// <summary>True when it names nothing to search for, so that every document matches.</summary>
    public bool IsEmpty => Words.Count == 0 && Phrases.Count == 0 && Prefixes.Count == 0;

    /// <summary>Reads what a person typed, for highlighting where there is no index; never throws.</summary>
    public static Query Parse(string text, ThaiAnalyzer analyzer) => new QueryParser(analyzer).Parse(text);

    internal IReadOnlyList<QueryWord> Words { get; }

    internal IReadOnlyList<QueryPhrase> Phrases { get; }

    internal IReadOnlyList<QueryPrefix> Prefixes { get; }

    /// <summary>Distinct pairs of Thai clusters of the words that may match.</summary>
    internal IReadOnlyList<string> Bigrams { get; }
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

    /// <summary>As it stands in the query.</summary>
    public string Typed { get; init; } = Term;

    /// <summary>True for a word that was not typed but is likely to be meant.</summary>
    public bool IsCorrected { get; init; }

    public IEnumerable<Alternative> Alternatives => Others.Prepend(new Alternative(Term, 1, Term));
}

/// <summary>Terms that have to stand side by side.</summary>
internal sealed record QueryPhrase(IReadOnlyList<string> Terms, Occur Occur);

/// <summary>The beginning of a term.</summary>
internal sealed record QueryPrefix(string Text, Occur Occur);
