using System.Buffers;
using System.Text;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Plain lines as Markdown that shows exactly these lines as paragraphs: no link, list, heading or HTML comes of what they contain.</summary>
internal static class PlainMarkdown
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_[]<>&|~");
    private static readonly SearchValues<string> Addresses =
        SearchValues.Create(["http://", "https://", "ftp://", "mailto:", "tel:", "www."], StringComparison.OrdinalIgnoreCase);

    public static string Of(IReadOnlyList<string> paragraphs)
    {
        var markdown = new StringBuilder();
        foreach (var paragraph in paragraphs)
        {
            if (markdown.Length > 0) markdown.Append("\n\n");
            Append(markdown, paragraph);
        }
        return markdown.ToString();
    }

    private static void Append(StringBuilder markdown, string paragraph)
    {
        var start = markdown.Length;
        var rest = paragraph.AsSpan();
        for (var at = rest.IndexOfAny(Special); at >= 0; at = rest.IndexOfAny(Special))
        {
            markdown.Append(rest[..at]).Append('\\').Append(rest[at]);
            rest = rest[(at + 1)..];
        }
        markdown.Append(rest);
        EscapeAddresses(markdown, start, paragraph);
        EscapeStart(markdown, start);
    }

    /// <summary>A backslash before : or . keeps the renderer from making a link of a bare address.</summary>
    private static void EscapeAddresses(StringBuilder markdown, int start, string paragraph)
    {
        if (!paragraph.AsSpan().ContainsAny(Addresses)) return;
        var escaped = markdown.ToString(start, markdown.Length - start);
        markdown.Length = start;
        for (var at = 0; ;)
        {
            var next = escaped.AsSpan(at).IndexOfAny(Addresses);
            if (next < 0)
            {
                markdown.Append(escaped.AsSpan(at));
                return;
            }
            var mark = escaped.AsSpan(at + next).IndexOfAny(':', '.') + at + next;
            markdown.Append(escaped.AsSpan(at, mark - at)).Append('\\').Append(escaped[mark]);
            at = mark + 1;
        }
    }

    /// <summary># + - = at the start and 1. or 1) would make a heading, a list or a rule.</summary>
    private static void EscapeStart(StringBuilder markdown, int start)
    {
        if (markdown.Length == start) return;
        if (markdown[start] is '#' or '+' or '-' or '=')
        {
            markdown.Insert(start, '\\');
            return;
        }
        var digits = start;
        while (digits < markdown.Length && char.IsAsciiDigit(markdown[digits])) digits++;
        if (digits > start && digits < markdown.Length && markdown[digits] is '.' or ')') markdown.Insert(digits, '\\');
    }
}
