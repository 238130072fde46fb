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
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(l => !IsSafe(l.Url))) link.Url = "";
        foreach (var link in document.Descendants<AutolinkInline>().Where(l => !l.IsEmail && !IsSafe(l.Url))) link.Url = "";
        return document.ToHtml(Pipeline);
    }

    private static bool IsSafe(string? url) =>
        string.IsNullOrEmpty(url)
        || (Uri.TryCreate(url, UriKind.Absolute, out var absolute)
            ? absolute.Scheme is "http" or "https" or "mailto" || (absolute.Scheme == "file" && url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal))
            : !url.Contains(':'));
}
