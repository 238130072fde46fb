using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>Markdown to HTML that may stand in a page.</summary>
public static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();
    private static readonly MarkdownPipeline PipelineWithHtml = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Raw HTML is shown as text, and a link leads to http, https, mailto, tel or this site, or nowhere.</summary>
    public static string Render(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        if (Parse(markdown) is not { } document) return AsText(markdown);
        foreach (var link in document.Descendants<LinkInline>()) link.Url = (link.IsImage ? SafeAddress.OfPicture(link.Url) : SafeAddress.OfLink(link.Url)) ?? "";
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail)) link.Url = SafeAddress.OfLink(link.Url) ?? "";
        return document.ToHtml(Pipeline);
    }

    /// <summary>CommonMark with raw HTML, of which <see cref="HtmlSanitizer"/> leaves what is harmless.</summary>
    public static string RenderWithHtml(string markdown)
    {
        try
        {
            return HtmlSanitizer.Sanitize(Markdown.ToHtml(markdown, PipelineWithHtml));
        }
        catch (ArgumentException)
        {
            return AsText(markdown);
        }
    }

    /// <summary>False for text that is nested deeper than anybody writes; it is then shown as it is.</summary>
    public static bool IsReadable(string markdown) => Parse(markdown) is not null;

    private static MarkdownDocument? Parse(string markdown)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's own limit of depth.
            return null;
        }
    }

    private static string AsText(string markdown) => $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
}
