using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Features.Search;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class PassageTests
{
    private static readonly ThaiAnalyzer Analyzer = new();
    private static readonly string[] Words = ["งบประมาณ", "น้ำท่วม", "ที่ปรึกษา", "กำลังคน", "ผู้ว่าราชการ", "จังหวัด", "CoP", "๒๕๖๓"];

    [Fact]
    public void The_passage_is_where_most_of_the_words_are()
    {
        var text = $"{Filler(3_000)} น้ำท่วม {Filler(3_000)} น้ำท่วม ที่สงขลา เตือนภัย {Filler(3_000)}";
        var (start, end) = Of("น้ำท่วม เตือนภัย").In(text);
        text[start..end].ShouldContain("น้ำท่วม ที่สงขลา เตือนภัย");
        (end - start).ShouldBeLessThan(1_000);
    }

    [Fact]
    public void Letters_written_in_another_order_and_words_that_are_nowhere_make_the_whole_text_the_passage()
    {
        var text = $"{Filler(2_000)} จ\u0E4D\u0E32เริญ {Filler(2_000)}";
        Of("จำเริญ").In(text).ShouldBe((0, text.Length));
        Of("ไม่มี").In("สั้น").ShouldBe((0, 4));
    }

    [Fact]
    public void A_snippet_of_a_passage_never_parts_a_letter_from_its_marks()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(50, 600)).Select(_ => Words[random.Next(Words.Length)] + (random.Next(3) == 0 ? " " : "")));
            var query = Query.Parse(string.Join(' ', Enumerable.Range(0, 3).Select(_ => Words[random.Next(Words.Length)])), Analyzer);
            var (start, end) = new Passage(query, Analyzer).In(text);
            (start == 0 || char.IsWhiteSpace(text[start - 1])).ShouldBeTrue();
            (end == text.Length || char.IsWhiteSpace(text[end])).ShouldBeTrue();
            var snippet = new Highlighter(query, Analyzer).Snippet(text[start..end], 180);
            snippet.Spans.ShouldNotBeEmpty();
            IsMark(snippet.Text[0]).ShouldBeFalse();
            foreach (var span in snippet.Spans)
                (span.End < snippet.Text.Length && IsMark(snippet.Text[span.End])).ShouldBeFalse();
        }
    }

    private static Passage Of(string query) => new(Query.Parse(query, Analyzer), Analyzer);

    private static string Filler(int length) => string.Join(' ', Enumerable.Repeat("ถนนสายรองของอำเภอ", length / 18));

    private static bool IsMark(char c) => c is '\u0E31' or '\u0E33' or (>= '\u0E34' and <= '\u0E3A') or (>= '\u0E47' and <= '\u0E4E');
}
