using System.Collections.Frozen;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>Guards the HTML parser: what it does for a tag grows with the tags that stand open, so a page of open tags would keep it busy for hours.</summary>
internal static class TagDepth
{
    private const int Deepest = 100;
    private const int MostTags = 20_000;

    /// <summary>Elements that never hold themselves open beside their like.</summary>
    private static readonly FrozenSet<string> Shallow = new[]
    {
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead",
        "tr", "track", "wbr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>False when more tags stand open at once, or in all, than any person writes. An end tag counts only for the tag that it matches.</summary>
    public static bool IsSane(string html)
    {
        var open = new Stack<string>();
        var tags = 0;
        for (var at = html.IndexOf('<'); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var isEnd = html[at + 1] == '/';
            var name = Name(html, at + (isEnd ? 2 : 1));
            if (name.Length == 0) continue;
            if (++tags > MostTags) return false;
            if (isEnd)
            {
                if (open.TryPeek(out var last) && last.Equals(name, StringComparison.OrdinalIgnoreCase)) open.Pop();
            }
            else if (!Shallow.Contains(name))
            {
                open.Push(name);
                if (open.Count > Deepest) return false;
            }
        }
        return true;
    }

    private static string Name(string html, int start)
    {
        var end = start;
        while (end < html.Length && end - start < 32 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == '-')) end++;
        return html[start..end];
    }
}
