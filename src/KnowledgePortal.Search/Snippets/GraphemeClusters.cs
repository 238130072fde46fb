using System.Globalization;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Snippets;

/// <summary>Widens ranges so that they never begin or end between a letter and its marks.</summary>
internal static class GraphemeClusters
{
    /// <summary>The nearest cluster boundary at or before <paramref name="offset"/>.</summary>
    public static int BoundaryBefore(string text, int offset)
    {
        while (offset > 0 && offset < text.Length && IsInside(text, offset))
            offset--;
        return offset;
    }

    /// <summary>The nearest cluster boundary at or after <paramref name="offset"/>.</summary>
    public static int BoundaryAfter(string text, int offset)
    {
        while (offset > 0 && offset < text.Length && IsInside(text, offset))
            offset++;
        return offset;
    }

    private static bool IsInside(string text, int offset)
    {
        var c = text[offset];
        // ำ (and its half written as nikhahit and า) is drawn partly above the letter before it.
        if (ThaiCharacters.IsMark(c) || c == ThaiCharacters.SaraAm || c == ThaiCharacters.SaraAa && HasNikhahitBefore(text, offset))
            return true;
        if (char.IsLowSurrogate(c) && char.IsHighSurrogate(text[offset - 1]))
            return true;
        return c == '\u200D' || text[offset - 1] == '\u200D'
            || CharUnicodeInfo.GetUnicodeCategory(text, offset) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private static bool HasNikhahitBefore(string text, int offset) =>
        text[offset - 1] == ThaiCharacters.Nikhahit || offset > 1 && ThaiCharacters.IsTone(text[offset - 1]) && text[offset - 2] == ThaiCharacters.Nikhahit;
}
