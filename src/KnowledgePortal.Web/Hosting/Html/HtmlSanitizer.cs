using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>
/// Somebody's HTML as it may stand in a page. What is stored stays as it was written; this is applied whenever it is shown.
/// The text is parsed as browsers parse it and written again from what <see cref="AllowedHtml"/> allows, nothing else.
/// </summary>
public static class HtmlSanitizer
{
    private const int LongestText = 2_000_000;
    private const int LongestPlainText = LongestText / 8; // encoded it is still no longer than may be read again
    private const int MostRounds = 8;

    /// <summary>Safe HTML; applying this to the result changes nothing. Text that no person writes (too long, too deep) is shown as plain text.</summary>
    public static string Sanitize(string? html)
    {
        // Taking out an element can leave two that may not nest (a paragraph in a paragraph); parsed again they lie side by side.
        for (var round = 0; round < MostRounds; round++)
        {
            if (string.IsNullOrWhiteSpace(html)) return "";
            if (html.Length > LongestText || !TagDepth.IsSane(html)) return Plain(html);
            var written = Write(html);
            if (written == html) return written;
            html = written;
        }
        return Plain(html!);
    }

    private static string Plain(string text)
    {
        var output = new StringBuilder("<pre>");
        if (text[0] is '\n' or '\r') output.Append('\n');
        AppendEncoded(output, text.AsSpan(0, Math.Min(text.Length, LongestPlainText)));
        return output.Append("</pre>").ToString();
    }

    private static string Write(string html)
    {
        var document = new HtmlParser().ParseDocument("<!doctype html><body></body>");
        var output = new StringBuilder(html.Length);
        // A list instead of recursion: depth costs no stack. An element comes back as the end tag that it needs.
        var open = new Stack<object>(new HtmlParser().ParseFragment(html, document.Body!).Reverse());
        while (open.TryPop(out var next))
        {
            if (next is string endTag) output.Append(endTag);
            else if (next is IText text) AppendEncoded(output, text.Data);
            else if (next is IElement element) WriteElement(element, output, open);
        }
        return output.ToString();
    }

    private static void WriteElement(IElement element, StringBuilder output, Stack<object> open)
    {
        var name = element.LocalName;
        if (element.NamespaceUri != NamespaceNames.HtmlUri || AllowedHtml.IsDroppedWhole(name)) return;
        if (AllowedHtml.Has(name))
        {
            output.Append('<').Append(name);
            WriteAttributes(element, output);
            output.Append('>');
            // The parser drops one line end after this tag; the next round would drop another.
            if (name == "pre" && element.FirstChild is IText { Data: ['\n', ..] }) output.Append('\n');
            if (AllowedHtml.IsVoid(name)) return;
            open.Push($"</{name}>");
        }
        for (var child = element.LastChild; child is not null; child = child.PreviousSibling) open.Push(child);
    }

    private static void WriteAttributes(IElement element, StringBuilder output)
    {
        foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            if (attribute.NamespaceUri is not null || AllowedHtml.Value(element.LocalName, attribute.Name, attribute.Value) is not { } value) continue;
            output.Append(' ').Append(attribute.Name).Append("=\"");
            AppendEncoded(output, value);
            output.Append('"');
        }
        if (element.LocalName == "a" && element.HasAttribute("href")) output.Append(" rel=\"nofollow noopener\"");
        if (element.LocalName is "video" or "audio") output.Append(" controls preload=\"none\"");
    }

    private static void AppendEncoded(StringBuilder output, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            _ = c switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' => output.Append("&quot;"),
                '\u00A0' => output.Append("&nbsp;"),
                '\r' => output.Append("&#13;"),
                '\0' => output.Append('\uFFFD'),
                _ => output.Append(c),
            };
    }
}
