using System.Text;

namespace KnowledgePortal.Web.Features.Documents.Quality;

/// <summary>
/// Puts the lines of a set page together again where only the width of the page has parted them. Thai has no blanks between words, so a line break left
/// standing would look like one; a line that ends before the margin, a heading or a cell, stays a line.
/// </summary>
public static class WrappedLines
{
    private const double NearlyFull = 0.8;
    private const int ShortestFull = 30;

    public static string Join(string page)
    {
        var lines = page.Split('\n');
        var full = Math.Max(ShortestFull, NearlyFull * lines.Max(l => l.Length));
        var text = new StringBuilder(page.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            text.Append(lines[i]);
            if (i + 1 < lines.Length && !(lines[i].Length >= full && IsThai(lines[i][^1]) && lines[i + 1].Length > 0 && IsThai(lines[i + 1][0]))) text.Append('\n');
        }
        return text.ToString();
    }

    private static bool IsThai(char c) => ThaiLetters.IsThai(c) || ThaiLetters.IsMark(c);
}
