namespace KnowledgePortal.Search.Analysis;

/// <summary>The tokens of one text, ordered by position, a simple token before the compounds that begin with it.</summary>
public sealed class AnalyzedText
{
    internal AnalyzedText(NormalizedText normalized, IReadOnlyList<Token> tokens)
    {
        Normalized = normalized;
        Tokens = tokens;
    }

    /// <summary>The normalised text that the tokens refer to.</summary>
    public NormalizedText Normalized { get; }

    /// <summary>All tokens.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>Number of positions, which is the number of simple tokens.</summary>
    public int PositionCount { get; internal init; }

    /// <summary>The term under which <paramref name="token"/> is indexed.</summary>
    public ReadOnlySpan<char> TermOf(in Token token) =>
        token.Term is null ? Normalized.Text.AsSpan(token.TermStart, token.TermLength) : token.Term;
}
