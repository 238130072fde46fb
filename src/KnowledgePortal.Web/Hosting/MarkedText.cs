using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using KnowledgePortal.Search.Snippets;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Encoded text with <c>&lt;mark&gt;</c> around the spans that matched.</summary>
public static class MarkedText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Html(string text, IReadOnlyList<TextSpan> spans)
    {
        var html = new StringBuilder(text.Length + spans.Count * 13);
        var at = 0;
        foreach (var span in spans)
        {
            html.Append(Encoder.Encode(text[at..span.Start])).Append("<mark>").Append(Encoder.Encode(text[span.Start..span.End])).Append("</mark>");
            at = span.End;
        }
        return html.Append(Encoder.Encode(text[at..])).ToString();
    }
}
