using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>Markdown to HTML that may stand in a page.</summary>
public static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();
    private static readonly MarkdownPipeline PipelineWithHtml = new MarkdownPipelineBuilder().UsePipeTables().Build();

    // The parser takes time by the square of these. Nobody writes so many; what does not end must not begin.
    private const int MostOf = 5_000;
    private const int LongestText = 300_000;

    /// <summary>Raw HTML is shown as text, and a link leads to http, https, mailto, tel or this site, or nowhere.</summary>
    public static string Render(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        if (Parse(markdown, Pipeline) is not { } document) return AsText(markdown);
        foreach (var link in document.Descendants<LinkInline>()) link.Url = (link.IsImage ? SafeAddress.OfPicture(link.Url) : SafeAddress.OfLink(link.Url)) ?? "";
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail)) link.Url = SafeAddress.OfLink(link.Url) ?? "";
        return document.ToHtml(Pipeline);
    }

    /// <summary>CommonMark with raw HTML, of which <see cref="HtmlSanitizer"/> leaves what is harmless.</summary>
    public static string RenderWithHtml(string markdown) =>
        Parse(markdown, PipelineWithHtml) is { } document ? HtmlSanitizer.Sanitize(document.ToHtml(PipelineWithHtml)) : AsText(markdown);

    /// <summary>The words without the marks, one line per block; for text that is not readable, the text.</summary>
    public static string PlainText(string markdown)
    {
        if (Parse(markdown, Pipeline) is not { } document) return markdown.Trim();
        using var words = new StringWriter();
        var renderer = new HtmlRenderer(words) { EnableHtmlForBlock = false, EnableHtmlForInline = false, EnableHtmlEscape = false };
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return words.ToString().Trim();
    }

    /// <summary>False for text that is nested deeper, or has more links, than anybody writes; it is then shown as it is.</summary>
    public static bool IsReadable(string markdown) => Parse(markdown, Pipeline) is not null;

    private static MarkdownDocument? Parse(string markdown, MarkdownPipeline pipeline)
    {
        if (markdown.Length > LongestText || markdown.AsSpan().Count('[') > MostOf || markdown.AsSpan().Count("://") > MostOf) return null;
        try
        {
            return Markdown.Parse(markdown, pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's own limit of depth.
            return null;
        }
    }

    private static string AsText(string markdown) => $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
}
