using System.Net;
using System.Text;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Text without what copying from web pages and old word processors leaves in it. Words keep their spelling.</summary>
internal static class TidyText
{
    private const char Dropped = '\0';
    private const char LineEnd = '\n';
    private const string LegacyMarks =
        "\u0E34\u0E35\u0E36\u0E37\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E48\u0E49\u0E4A\u0E4B\u0E4C"
        + "\u0E0D\u0E31\u0E4D\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E38\u0E39\u0E3A";
    private const int FirstLegacyMark = 0xF701;

    /// <summary>The lines that are not empty, each with single spaces.</summary>
    public static List<string> Lines(string text)
    {
        if (text.Contains('&')) text = WebUtility.HtmlDecode(text);
        var lines = new List<string>();
        var line = new StringBuilder(Math.Min(text.Length, 4096));
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i == text.Length ? LineEnd : Tidied(text, i, atStart: line.Length == 0);
            if (c == LineEnd)
                EndLine(lines, line);
            else if (c == ' ' ? line.Length > 0 && line[^1] != ' ' : c != Dropped)
                line.Append(c);
        }
        return lines;
    }

    /// <summary>The text as one line.</summary>
    public static string Line(string text) => string.Join(' ', Lines(text));

    private static void EndLine(List<string> lines, StringBuilder line)
    {
        if (line.Length > 0 && line[^1] == ' ') line.Length--;
        if (line.Length > 0) lines.Add(line.ToString());
        line.Clear();
    }

    private static char Tidied(string text, int i, bool atStart)
    {
        var c = text[i];
        if (c is >= '!' and <= '~' or >= '\u0E01' and <= '\u0E5B') return c;
        if (c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2029') return LineEnd;
        if (char.IsWhiteSpace(c)) return ' ';
        if (char.IsSurrogate(c)) return IsPaired(text, i) ? c : Dropped;
        if (c == '\u200D') return i > 0 && (char.IsLowSurrogate(text[i - 1]) || text[i - 1] == '\uFE0F') ? c : Dropped;
        if (c is >= '\uE000' and <= '\uF8FF') return Legacy(c, atStart);
        if (char.IsControl(c)) return atStart && c >= '\u0080' ? '•' : Dropped;
        return IsInvisible(c) ? Dropped : c;
    }

    private static bool IsPaired(string text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : i > 0 && char.IsHighSurrogate(text[i - 1]);

    /// <summary>Glyphs of old Thai fonts stand for a mark in another place; those of symbol fonts at the start of a line are bullets.</summary>
    private static char Legacy(char c, bool atStart)
    {
        var mark = c - FirstLegacyMark;
        if (mark >= 0 && mark < LegacyMarks.Length) return LegacyMarks[mark];
        return atStart ? '•' : Dropped;
    }

    /// <summary>Zero-width and soft hyphen, directions that can hide what is written, annotation marks and non-characters.</summary>
    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u061C' or '\u180E' or >= '\u200B' and <= '\u200F' or >= '\u202A' and <= '\u202E'
            or >= '\u2060' and <= '\u206F' or '\uFEFF' or >= '\uFFF9' and <= '\uFFFC' or >= '\uFFFE';
}
