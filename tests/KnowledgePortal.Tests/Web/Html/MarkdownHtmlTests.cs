using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Web.Hosting.Html;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class MarkdownHtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[กด](javascript:alert(1))")]
    [InlineData("[กด](JaVaScRiPt&#58;alert(1))")]
    [InlineData("[กด](data:text/html,x)")]
    [InlineData("![ภาพ](javascript:alert(1))")]
    [InlineData("[a]: javascript:alert(1)\n\n[a]")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[กด](//evil.example/)")]
    [InlineData("[กด](\u0001javascript:alert(1))")]
    [InlineData("[กด](java\tscript:alert(1))")]
    public void Nothing_that_could_run_survives(string markdown) => Dangers(MarkdownHtml.Render(markdown)).ShouldBeEmpty();

    [Theory]
    [InlineData("[ที่มา](https://www.opdc.go.th/)", "https://www.opdc.go.th/")]
    [InlineData("[หน้า](/about)", "/about")]
    [InlineData("[เขียนถึง](mailto:a@example.go.th)", "mailto:a@example.go.th")]
    public void Links_of_people_stay(string markdown, string address) =>
        new HtmlParser().ParseDocument(MarkdownHtml.Render(markdown)).QuerySelector("a")!.GetAttribute("href").ShouldBe(address);

    [Fact]
    public void A_Thai_domain_stays_a_link() =>
        MarkdownHtml.Render("[ร้าน](https://พังงา.org)").ShouldContain("<a href=\"https://");

    [Fact]
    public void No_text_becomes_markup_that_could_run() => Prop.ForAll<string>(text => Dangers(MarkdownHtml.Render(text ?? "")).Count == 0).QuickCheckThrowOnFailure();

    /// <summary>Texts that parsers of Markdown choke on: they are shown as they are, at once, instead of being parsed for minutes or failing the page.</summary>
    public static TheoryData<string> Traps => [.. new[] { "[", "[a](", "![[]()", "http://a.b/(", "*a **a ", "> ", "- a\n ", "<!--", "a](", "[x]: [" }];

    [Theory]
    [MemberData(nameof(Traps))]
    public void What_no_parser_ends_is_shown_as_it_is(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));
        foreach (var html in new[] { MarkdownHtml.Render(text), MarkdownHtml.RenderWithHtml(text) }) html.ShouldStartWith("<pre>");
        MarkdownHtml.PlainText(text).ShouldBe(text.Trim());
    }

    [Fact]
    public void Text_that_is_nested_deeper_than_anybody_writes_fails_nothing() =>
        MarkdownHtml.PlainText(new string('>', 1_000)).ShouldBe(new string('>', 1_000));

    private static List<string> Dangers(string html) =>
    [
        .. new HtmlParser().ParseDocument(html).All.SelectMany(e => e.Attributes.Select(a => (Element: e.LocalName, a.Name, a.Value)))
            .Where(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || a.Name is "href" or "src" && !(a.Value.Length == 0 || a.Value.StartsWith("http") || a.Value.StartsWith("mailto:") || (a.Value[0] is '/' && !a.Value.StartsWith("//")) || !a.Value.Contains(':') && !a.Value.StartsWith("//")))
            .Select(a => $"{a.Element} {a.Name}={a.Value}"),
        .. new HtmlParser().ParseDocument(html).QuerySelectorAll("script, iframe, object, embed, style, svg, form").Select(e => e.LocalName),
    ];
}
