using Markdig;

namespace KnowledgePortal.Web.Hosting;

/// <summary>The words of a Markdown text without its marks, one line per block.</summary>
public static class PlainText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static string Of(string markdown) => Markdown.ToPlainText(markdown, Pipeline).Trim();
}
