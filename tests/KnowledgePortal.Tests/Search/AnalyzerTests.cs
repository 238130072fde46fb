using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Search.Analysis;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class AnalyzerTests
{
    private static readonly ThaiAnalyzer Analyzer = Seeds.Analyzer;

    private static List<string> Terms(string text)
    {
        var analyzed = Analyzer.Analyze(text);
        return [.. analyzed.Tokens.Select(token => analyzed.TermOf(token).ToString())];
    }

    [Fact]
    public void The_word_lists_are_sorted_and_hold_each_word_once()
    {
        foreach (var list in ThaiDictionary.Lists)
            EmbeddedText.Lines(list).ShouldBe(EmbeddedText.Lines(list).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("อำเภอหาดใหญ่ จังหวัดสงขลา", "หาดใหญ่")]
    [InlineData("ผู้ว่าราชการจังหวัดลงพื้นที่อำเภอแม่ฟ้าหลวงวานนี้", "แม่ฟ้าหลวง")]
    [InlineData("เขตป้อมปราบศัตรูพ่าย", "ป้อมปราบศัตรูพ่าย")]
    [InlineData("มหาวิทยาลัยเทคโนโลยีราชมงคลธัญบุรี", "ธัญบุรี")]
    [InlineData("สำนักงาน ก.พ.ร. และ กพร.สป.", "ก.พ.ร.")]
    public void Names_of_places_and_offices_are_one_term(string text, string term) => Terms(text).ShouldContain(term);

    [Theory]
    [InlineData("ท่าเรือแหลมฉบัง", "ท่าเรือ")]
    [InlineData("ประเทศไทยเจริญก้าวหน้า", "เจริญ")]
    [InlineData("โครงการเมืองยางพารา", "ยางพารา")]
    [InlineData("จะแนะนำให้ทราบ", "แนะนำ")]
    [InlineData("น้ำขุ่นแดง", "ขุ่น")]
    public void Names_that_are_everyday_words_swallow_none(string text, string term) => Terms(text).ShouldContain(term);

    [Theory]
    [InlineData("สถาบันดำรงราชานุภาพ", "ดำรงราชานุภาพ")]
    [InlineData("เข้าร่วมชุมชนนักปฏิบัติของกระทรวง", "ชุมชนนักปฏิบัติ")]
    [InlineData("สำนักงานปลัดกระทรวงมหาดไทย", "กระทรวงมหาดไทย")]
    [InlineData("Best  Practice", "best practice")]
    [InlineData("ครั้งที่ 4/2563", "4/2563")]
    [InlineData("ครั้งที่ 4/2563", "2563")]
    [InlineData("๑๖ กุมภาพันธ์ ๒๕๖๔", "2564")]
    [InlineData("15 ม.ค. 63", "2563")]
    [InlineData("15 มี.ค.63", "2563")]
    [InlineData("1,234,567 บาท", "1234567")]
    [InlineData("PMQA 4.0", "4.0")]
    [InlineData("ก.พ.ร", "ก.พ.ร.")]
    [InlineData("กพร.สป.", "กพร")]
    [InlineData("ผศ.ดร.ทพญ.รัชฎา", "ทพญ")]
    public void A_text_holds_the_term(string text, string term) => Terms(text).ShouldContain(term);

    [Fact]
    public void The_commission_and_the_unit_stay_apart()
    {
        Terms("สำนักงาน ก.พ.ร.").ShouldNotContain("กพร");
        Terms("กพร.สป.").ShouldNotContain("ก.พ.ร.");
        Analyzer.Synonyms.Of("ก.พ.ร.").ShouldNotContain(synonym => synonym.Term == "กพร");
    }

    [Theory]
    [InlineData("cop", "ชุมชนนักปฏิบัติ")]
    [InlineData("ชุมชนนักปฏิบัติ", "cops")]
    [InlineData("sbpac", "ศอ.บต")]
    [InlineData("ศอบต", "ศอ.บต")]
    [InlineData("ก.พ.ร.", "opdc")]
    [InlineData("best practice", "แนวปฏิบัติที่ดี")]
    [InlineData("pmqa", "การพัฒนาคุณภาพการบริหารจัดการภาครัฐ")]
    [InlineData("มท", "กระทรวงมหาดไทย")]
    public void Synonyms_are_found_by_the_terms_of_the_index(string term, string synonym) =>
        Analyzer.Synonyms.Of(term).Select(s => s.Term).ShouldContain(synonym);

    [Fact]
    public void A_near_synonym_weighs_half() => Analyzer.Synonyms.Of("aar").ShouldContain(("ถอดบทเรียน", 0.5f));

    [Fact]
    public void A_site_can_add_words_and_synonyms()
    {
        var own = new ThaiAnalyzer(["ตลาดประชารัฐร่วมใจ"], ["ตปร. = ตลาดประชารัฐร่วมใจ"]);
        own.Synonyms.Of("ตปร").ShouldContain(("ตลาดประชารัฐร่วมใจ", 1f));
        own.Fingerprint.ShouldNotBe(Analyzer.Fingerprint);
    }

    [Fact]
    public void Every_text_can_be_analyzed_and_its_tokens_lie_in_it_in_order() =>
        Prop.ForAll(Arbitrary.Texts, text =>
        {
            var position = 0;
            var analyzed = Analyzer.Analyze(text);
            foreach (var token in analyzed.Tokens)
            {
                token.Position.ShouldBeGreaterThanOrEqualTo(position);
                position = token.Position;
                token.Start.ShouldBeInRange(0, text.Length - 1);
                token.End.ShouldBeInRange(token.Start + 1, text.Length);
                analyzed.TermOf(token).Length.ShouldBeGreaterThan(0);
                (token.Position + token.PositionLength).ShouldBeLessThanOrEqualTo(analyzed.PositionCount);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_hundred_thousand_marks_or_invisible_characters_take_no_time()
    {
        foreach (var flood in new[] { "ก" + new string('\u0E48', 100_000), "ก\u0E48" + new string('\u200B', 100_000) + "\u0E35", new string('\u0E40', 100_000), new string('ก', 100_000) })
            Analyzer.Analyze(flood).PositionCount.ShouldBeLessThan(100_001);
    }
}
