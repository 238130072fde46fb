namespace KnowledgePortal.Search.Snippets;

/// <summary>A range of a text.</summary>
/// <param name="Start">Offset of the first UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units, at least 1.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset just after the last unit.</summary>
    public int End => Start + Length;
}

/// <summary>A part of a text that shows why it was found.</summary>
/// <param name="Text">The part, cut between words.</param>
/// <param name="Spans">What to highlight in it, relative to its beginning.</param>
/// <param name="Start">Where it begins in the whole text.</param>
/// <param name="IsCutBefore">True when text comes before it.</param>
/// <param name="IsCutAfter">True when text comes after it.</param>
public sealed record Snippet(string Text, IReadOnlyList<TextSpan> Spans, int Start, bool IsCutBefore, bool IsCutAfter);
