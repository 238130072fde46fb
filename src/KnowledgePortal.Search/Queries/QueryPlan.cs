using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>A query made ready for one index: terms with their weights.</summary>
/// <param name="Groups">Words with their alternatives; one match in a group is a match of the word.</param>
/// <param name="Fuzzy">Words that the index does not know, by their pairs of clusters.</param>
/// <param name="Phrases">Required and forbidden phrases.</param>
/// <param name="Bigrams">Pairs of clusters that add to the score.</param>
/// <param name="Pairs">Neighbouring words of the query.</param>
internal sealed record QueryPlan(
    IReadOnlyList<TermGroup> Groups, IReadOnlyList<FuzzyGroup> Fuzzy, IReadOnlyList<PhraseClause> Phrases,
    IReadOnlyList<WeightedTerm> Bigrams, IReadOnlyList<WordPair> Pairs)
{
    /// <summary>How many clauses a document can match.</summary>
    public int PositiveCount { get; } =
        Groups.Count(g => g.IsPositive) + Fuzzy.Count + Phrases.Count(p => p.Occur != Occur.MustNot);

    /// <summary>How many clauses a document has to match.</summary>
    public int RequiredCount { get; } =
        Groups.Count(g => g.Counts && g.Occur == Occur.Must) + Fuzzy.Count(f => f.IsRequired) + Phrases.Count(p => p.Occur == Occur.Must);
}

/// <summary>A term's key and how much an occurrence counts.</summary>
internal readonly record struct WeightedTerm(byte[] Key, float Weight);

/// <summary>Terms of which each stands for the same word. The frequency of the word is the weighted sum of theirs.</summary>
/// <param name="Terms">At least one.</param>
/// <param name="Score">Idf of the most frequent of the terms, times the word's weight.</param>
/// <param name="Occur">Whether it is required or forbidden.</param>
/// <param name="Counts">False for terms that add to the score of other matches only.</param>
internal sealed record TermGroup(IReadOnlyList<WeightedTerm> Terms, float Score, Occur Occur, bool Counts)
{
    public bool IsPositive => Counts && Occur != Occur.MustNot;
}

/// <summary>An unknown word. A document matches when the idf of the pairs it has is at least <see cref="EnoughShare"/> of all.</summary>
internal sealed record FuzzyGroup(IReadOnlyList<WeightedTerm> Bigrams, bool IsRequired)
{
    public const float EnoughShare = 0.75f;

    public float Enough => EnoughShare * Bigrams.Sum(bigram => bigram.Weight);
}

/// <summary>Terms side by side; the score is the sum of their idf times the saturation of the phrase's frequency.</summary>
internal sealed record PhraseClause(IReadOnlyList<byte[]> Keys, float Score, Occur Occur);

/// <summary>Two words of the query of which the second begins <see cref="Distance"/> positions after the first.</summary>
internal sealed record WordPair(byte[] First, byte[] Second, int Distance, float Score);
