using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class HighlighterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IndexWriter _writer;

    public HighlighterTests()
    {
        _writer = IndexWriter.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);
        Seeds.AddTo(_writer);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    private Highlighter Highlighter(string query) => new(_writer.OpenSearcher().Search(new SearchRequest { Query = query }).Query, Seeds.Analyzer);

    private IEnumerable<string> Marked(string query, string text) => Highlighter(query).Spans(text).Select(span => text.Substring(span.Start, span.Length));

    [Theory]
    [InlineData("องค์กรนวัตกรรม", "เสวนาการสร้างองค์กรนวัตกรรมภาครัฐ", "องค์กรนวัตกรรม")]
    [InlineData("ไขกุญแจความสำเร็จ", "เรื่องไขกุญแจความส\u0E4D\u0E32เร็จครั้งหน้า", "ไขกุญแจความส\u0E4D\u0E32เร็จ")]
    [InlineData("คู่เสี่ยว", "โครงการคู่เสี่ยว เกี่ยวก้อย", "คู่เสี่ยว")]
    [InlineData("ดำรงราชานุภาพ", "สถาบันดำรงราชานุภาพจัดภาพ", "ดำรงราชานุภาพ")]
    [InlineData("ราชานุภาพ", "สถาบันดำรงราชานุภาพ", "ราชานุภาพ")]
    [InlineData("SBPAC", "จัดโดย ศอ.บต. ที่หาดใหญ่", "ศอ.บต")]
    [InlineData("ขอนแกน", "ชาวขอนแก่นศึกษา", "ขอนแก่น")]
    [InlineData("ขอนแก่น", "ชาวขอน\u200Bแก่นศึกษา", "ขอน\u200Bแก่น")]
    [InlineData("2563", "วันที่ ๙ ก.ค. ๒๕๖๓", "๒๕๖๓")]
    [InlineData("2563", "วันที่ 15 ม.ค. 63", "63")]
    [InlineData("\"องค์กร นวัตกรรม\"", "องค์กร นวัตกรรม องค์กร", "องค์กร นวัตกรรม")]
    [InlineData("นวัต*", "เรื่องนวัตกรรม", "นวัตกรรม")]
    public void The_matching_text_is_one_span(string query, string text, string marked) => Marked(query, text).ShouldBe([marked]);

    [Fact]
    public void Stop_words_alone_are_not_highlighted() => Marked("การสร้างองค์กร", "การบ้านของความสุข").ShouldBeEmpty();

    [Fact]
    public void Forbidden_words_are_not_highlighted() => Marked("เสวนา -อบรม", "เสวนาและอบรม").ShouldBe(["เสวนา"]);

    [Fact]
    public void A_snippet_shows_the_place_with_most_words_of_the_query()
    {
        var text = string.Concat(Enumerable.Repeat("เรื่องอื่นที่ไม่เกี่ยวข้อง ", 40)) + "เสวนาองค์กรนวัตกรรม" + string.Concat(Enumerable.Repeat(" ตอนท้ายของเรื่อง", 40));
        var snippet = Highlighter("เสวนา องค์กรนวัตกรรม").Snippet(text, 120);
        snippet.Text.Length.ShouldBeInRange(60, 130);
        snippet.Text.ShouldContain("เสวนาองค์กรนวัตกรรม");
        snippet.IsCutBefore.ShouldBeTrue();
        snippet.IsCutAfter.ShouldBeTrue();
        text.Substring(snippet.Start, snippet.Text.Length).ShouldBe(snippet.Text);
        snippet.Spans.Select(span => snippet.Text.Substring(span.Start, span.Length)).ShouldBe(["เสวนาองค์กรนวัตกรรม"]);
    }

    [Fact]
    public void A_text_with_more_words_of_the_query_scores_higher() =>
        Highlighter("เสวนา ขอนแก่น").Score("เสวนาที่ขอนแก่น").ShouldBeGreaterThan(Highlighter("เสวนา ขอนแก่น").Score("เสวนา เสวนา"));

    [Fact]
    public void For_any_query_and_text_spans_are_apart_in_order_and_never_split_a_letter_from_its_marks() =>
        Prop.ForAll(Arb.From(Arbitrary.Query), Arbitrary.Texts, (query, text) =>
        {
            var highlighter = Highlighter(query);
            Check(text, highlighter.Spans(text));
            var snippet = highlighter.Snippet(text, 20);
            text.Substring(snippet.Start, snippet.Text.Length).ShouldBe(snippet.Text);
            Check(snippet.Text, snippet.Spans);
        }).QuickCheckThrowOnFailure();

    private static void Check(string text, IReadOnlyList<TextSpan> spans)
    {
        var end = -1;
        foreach (var span in spans)
        {
            span.Start.ShouldBeGreaterThan(end);
            span.Length.ShouldBeGreaterThan(0);
            end = span.End;
            end.ShouldBeLessThanOrEqualTo(text.Length);
            if (span.Start > 0)
                IsMark(text[span.Start]).ShouldBeFalse();
            if (end < text.Length)
                IsMark(text[end]).ShouldBeFalse();
        }
    }

    private static bool IsMark(char c) => c is '\u0E31' or '\u0E33' or >= '\u0E34' and <= '\u0E3A' or >= '\u0E47' and <= '\u0E4E';
}
