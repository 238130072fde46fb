namespace KnowledgePortal.Search.Analysis;

/// <summary>What a token was made from.</summary>
public enum TokenKind : byte
{
    /// <summary>A Thai word found by the ICU dictionary.</summary>
    Thai,

    /// <summary>A word of any other script.</summary>
    Word,

    /// <summary>A number; grouping commas are left out of its term.</summary>
    Number,

    /// <summary>Dotted single consonants such as ก.พ.ร.</summary>
    Abbreviation,

    /// <summary>Several tokens that the dictionary knows as one name or term. Its parts are tokens too.</summary>
    Compound,

    /// <summary>Numbers joined by a slash such as 4/2563. Its parts are tokens too.</summary>
    JoinedNumber,

    /// <summary>The full Buddhist-era year meant by the two digits after a month, as 2563 in "15 ม.ค. 63".</summary>
    ImpliedYear,
}

/// <summary>One token of an <see cref="AnalyzedText"/>.</summary>
/// <param name="TermStart">Where the token begins in the normalised text.</param>
/// <param name="TermLength">How many characters of the normalised text it covers.</param>
/// <param name="Term">The term when it differs from the normalised text it covers, otherwise null.</param>
/// <param name="Position">Number of simple tokens before this one.</param>
/// <param name="PositionLength">How many simple tokens it covers.</param>
/// <param name="Start">Where it begins in the original text, in UTF-16 units.</param>
/// <param name="End">Where it ends in the original text.</param>
/// <param name="Kind">What it was made from.</param>
public readonly record struct Token(int TermStart, int TermLength, string? Term, int Position, int PositionLength, int Start, int End, TokenKind Kind)
{
    /// <summary>True for a token that consists of other tokens or stands beside one.</summary>
    public bool IsDerived => Kind >= TokenKind.Compound;
}
