using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace KnowledgePortal.Web.Hosting.Thai;

/// <summary>
/// Thai text for a page. Browsers break lines inside compounds of official language (งบ|ประมาณ), so known compounds are kept together in
/// <c>&lt;span class="nb"&gt;</c>, and a number is glued to its unit with U+00A0.
/// </summary>
public static class ThaiHtml
{
    /// <summary>Plain text, encoded.</summary>
    public static IHtmlContent ThaiText(string? text) => string.IsNullOrEmpty(text) ? HtmlString.Empty : new Content(text, IsMarkup: false);

    /// <summary>HTML that is safe already: tags stay as they are, the text between them is treated.</summary>
    public static IHtmlContent ThaiMarkup(string? html) => string.IsNullOrEmpty(html) ? HtmlString.Empty : new Content(html, IsMarkup: true);

    private sealed record Content(string Text, bool IsMarkup) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            if (IsMarkup) WriteMarkup(writer);
            else WriteRun(writer, encoder, 0, Text.Length);
        }

        private void WriteMarkup(TextWriter writer)
        {
            for (var at = 0; at < Text.Length;)
            {
                var tag = Text.IndexOf('<', at);
                if (tag < 0) tag = Text.Length;
                WriteRun(writer, encoder: null, at, tag);
                var end = tag < Text.Length ? Text.IndexOf('>', tag) : -1;
                at = end < 0 ? Text.Length : end + 1;
                writer.Write(Text.AsSpan(tag, at - tag));
            }
        }

        private void WriteRun(TextWriter writer, HtmlEncoder? encoder, int start, int end)
        {
            var written = start;
            for (var at = start; at < end;)
            {
                if (Text[at] == ' ' && ThaiGlue.Holds(Text.AsSpan(start, end - start), at - start))
                {
                    Write(writer, encoder, written, at);
                    writer.Write('\u00A0');
                    written = ++at;
                }
                else if (ThaiCompounds.MatchAt(Text.AsSpan(start, end - start), at - start) is var length and > 0)
                {
                    Write(writer, encoder, written, at);
                    writer.Write("<span class=\"nb\">");
                    Write(writer, encoder, at, at + length);
                    writer.Write("</span>");
                    written = at += length;
                }
                else
                {
                    at++;
                }
            }
            Write(writer, encoder, written, end);
        }

        private void Write(TextWriter writer, HtmlEncoder? encoder, int start, int end)
        {
            if (start == end) return;
            if (encoder is null) writer.Write(Text.AsSpan(start, end - start));
            else encoder.Encode(writer, Text, start, end - start);
        }
    }
}
