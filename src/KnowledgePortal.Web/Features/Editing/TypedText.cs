using System.Globalization;
using System.Text;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Text as people type and paste it, made fit to be stored: composed, with plain line ends, without what nobody can see.</summary>
public static class TypedText
{
    public const int LongestTitle = 300;
    public const int LongestText = 5_000;
    public const int LongestBody = 200_000;
    public const int MostRows = 200;
    public const int MostTerms = 1_000;

    /// <summary>True when bytes were lost on the way here; what was meant cannot be known.</summary>
    public static bool IsBroken(string text) => text.Contains('\uFFFD');

    /// <summary>One line: tabs and line ends become spaces.</summary>
    public static string Line(string text) => Clean(text.ReplaceLineEndings(" "), keepLines: false).Trim();

    /// <summary>Several lines, ended by \n; nothing but space is nothing.</summary>
    public static string Lines(string text) => Clean(text.ReplaceLineEndings("\n"), keepLines: true) is var lines && string.IsNullOrWhiteSpace(lines) ? "" : lines;

    /// <summary>Thai digits as those that a number is read from.</summary>
    public static string Digits(string text) => string.Create(text.Length, text, static (digits, typed) =>
    {
        for (var i = 0; i < typed.Length; i++) digits[i] = typed[i] is >= '๐' and <= '๙' ? (char)('0' + (typed[i] - '๐')) : typed[i];
    });

    // EnumerateRunes gives U+FFFD for half a character, which is dropped here: the form reader has refused what came in broken.
    private static string Clean(string text, bool keepLines)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or '\r') kept.Append(keepLines && rune.Value != '\r' ? (char)rune.Value : ' ');
            else if (!IsUnseen(rune)) kept.Append(rune);
        }
        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    // U+200B to U+200D shape Thai lines and emoji and stay; marks that turn the direction of reading do not.
    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0xFFFD or 0xFEFF or >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Surrogate
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
