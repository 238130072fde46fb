using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Markdown to HTML. Raw HTML is shown as text, and a link leads to http, https, mailto or this site, or nowhere.</summary>
public static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    public static string Render(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown)) return "";
        if (Parse(markdown) is not { } document) return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        foreach (var link in document.Descendants<LinkInline>().Where(l => !IsSafe(l.Url))) link.Url = "";
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsSafe(l.Url))) link.Url = "";
        return document.ToHtml(Pipeline);
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

    private static bool IsSafe(string? url) =>
        string.IsNullOrEmpty(url)
        || (Uri.TryCreate(url, UriKind.Absolute, out var absolute)
            ? absolute.Scheme is "http" or "https" or "mailto" || (absolute.Scheme == "file" && url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal))
            : !url.Contains(':'));
}
