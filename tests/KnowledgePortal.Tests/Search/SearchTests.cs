using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class SearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IndexWriter _writer;

    public SearchTests()
    {
        _writer = IndexWriter.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);
        Seeds.AddTo(_writer);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ไขกุญแจความสำเร็จ", Seeds.Secret)]
    [InlineData("จำเริญ ทิพญพงศ์ธาดา", Seeds.Secret)]
    [InlineData("นุภาพ", Seeds.Cop)]
    [InlineData("ราชานุภาพ", Seeds.Cop)]
    [InlineData("ดำรงราชานุภาพ", Seeds.Cop)]
    [InlineData("ศอ.บต.", Seeds.Innovation)]
    [InlineData("ศอบต", Seeds.Innovation)]
    [InlineData("SBPAC", Seeds.Innovation)]
    [InlineData("ชุมชนนักปฏิบัติ ครั้งที่ 4/2563", Seeds.Cop)]
    [InlineData("เสวนา องค์กรนวัตกรรม 63", Seeds.Cop)]
    [InlineData("ขอนแกน", Seeds.Secret)]
    [InlineData("ขอนเเก่น", Seeds.Secret)]
    [InlineData("นวัตกรรมภาครัฐ", Seeds.Cop)]
    [InlineData("นวัตกรมภาครัฐ", Seeds.Cop)]
    [InlineData("คู่เสี่ยว", Seeds.Secret)]
    [InlineData("andaman HUB", Seeds.Secret)]
    [InlineData("กระบวนการคิดเชิงออกแบบคืออะไร", Seeds.Design)]
    [InlineData("+ตัวชี้วัด อบรม", Seeds.Design)]
    [InlineData("นวัต* -CoPs", Seeds.Innovation)]
    [InlineData("\"สถาบันดำรงราชานุภาพ\"", Seeds.Cop)]
    [InlineData("กพร.", Seeds.Design)]
    [InlineData("ก.พ.ร.", Seeds.Pmqa)]
    public void The_document_meant_comes_first(string query, string key) => _writer.OpenSearcher().Keys(query).FirstOrDefault().ShouldBe(key);

    [Theory]
    [InlineData("๒๕๖๓")]
    [InlineData("2563")]
    [InlineData("2020")]
    [InlineData("63")]
    public void A_year_is_found_in_both_eras_and_both_kinds_of_digits(string query) =>
        _writer.OpenSearcher().Keys(query).ShouldBe([Seeds.Cop, Seeds.Pmqa], ignoreOrder: true);

    [Theory]
    [InlineData("SBPAC", 1)]
    [InlineData("ขอนแก่น", 1)]
    [InlineData("ขอนแกน", 1)]
    [InlineData("ดำรงราชานุภาพ", 1)]
    [InlineData("กพร.", 1)]
    [InlineData("ก.พ.ร.", 1)]
    [InlineData("คำที่ไม่มีในคลังเลยสักนิดเดียวฮฮฮ", 0)]
    [InlineData("zebra", 0)]
    [InlineData("\"ภาครัฐนวัตกรรม\"", 0)]
    [InlineData("+ขอนแก่น +สงขลา", 0)]
    [InlineData("-จังหวัด", 2)]
    [InlineData("", 5)]
    public void The_total_counts_what_a_person_calls_matches(string query, int total) =>
        _writer.OpenSearcher().Search(new SearchRequest { Query = query }).Total.ShouldBe(total);

    [Theory]
    [InlineData("เสวนา 63", "63: 2563")]
    [InlineData("๒๕๖๓", "")]
    [InlineData("มท.", "มท: กระทรวงมหาดไทย")]
    [InlineData("ขอนแกน", "ขอนแกน: ขอนแก่น")]
    [InlineData("SBPAC", "SBPAC: ศอ.บต., ศูนย์อำนวยการบริหารจังหวัดชายแดนภาคใต้")]
    [InlineData("ขอนแก่น", "")]
    [InlineData("-มท. เสวนา", "")]
    public void A_result_tells_what_was_searched_beside_the_letters_typed(string query, string expected) =>
        string.Join("; ", _writer.OpenSearcher().Search(new SearchRequest { Query = query }).Query.Expansions.Select(e => $"{e.Typed}: {string.Join(", ", e.Also)}"))
            .ShouldBe(expected);

    [Fact]
    public void Without_words_the_newest_come_first()
    {
        var result = _writer.OpenSearcher().Search(new SearchRequest { SortByNumberDescending = "held", Top = 2, Skip = 1 });
        result.Hits.Select(hit => hit.Key).ShouldBe([Seeds.Innovation, Seeds.Secret]);
        result.Total.ShouldBe(5);
    }

    [Fact]
    public void Counts_of_a_facet_ignore_its_own_filter_and_obey_the_others()
    {
        var result = _writer.OpenSearcher().Search(new SearchRequest
        {
            Filters = new Dictionary<string, IReadOnlyList<string>> { ["kind"] = ["workshop"], ["year"] = ["2563", "2566"] },
            Facets = ["kind", "year"],
        });
        result.Total.ShouldBe(2);
        result.Facets["kind"].ShouldBe([new FacetCount("workshop", 2), new FacetCount("cop", 1)]);
        result.Facets["year"].ShouldBe([new FacetCount("2563", 1), new FacetCount("2566", 1), new FacetCount("2567", 1)]);
    }

    [Fact]
    public void A_document_with_all_words_beats_one_that_repeats_a_part()
    {
        _writer.Update(new Document("a").AddText("body", "ข้าวหอม ข้าวหอม ข้าวหอม ข้าวหอม ข้าวหอม ข้าวหอม"));
        _writer.Update(new Document("b").AddText("body", "ปลูกข้าวหอมแล้วเลี้ยงปลาในนาเดียวกันตลอดทั้งปีเพื่อลดต้นทุนของเกษตรกร"));
        _writer.Commit("");
        _writer.OpenSearcher().Keys("ข้าวหอม เลี้ยงปลา")[0].ShouldBe("b");
    }

    [Fact]
    public void Words_side_by_side_beat_the_same_words_apart()
    {
        _writer.Update(new Document("apart").AddText("body", "กุหลาบ ปลูกใกล้บ้าน สีแดง"));
        _writer.Update(new Document("together").AddText("body", "ปลูกใกล้บ้าน กุหลาบ สีแดง"));
        _writer.Commit("");
        _writer.OpenSearcher().Keys("กุหลาบสีแดง")[0].ShouldBe("together");
    }

    [Fact]
    public void Anything_can_be_typed()
    {
        var searcher = _writer.OpenSearcher();
        string[] typed =
        [
            new('(', 100_000), new('"', 100_000), new('*', 100_000), new('ก', 100_000), new('\u0E48', 100_000), string.Concat(Enumerable.Repeat("\" ", 50_000)),
            string.Join(' ', Enumerable.Range(0, 10_000)), string.Concat(Enumerable.Repeat("ขอนแก่นนวัตกรรม", 6_000)), "\uD800", "\uDC00\uD800", "+", "-", "*", "\"", "+\"", "-\"\"", "- -", "a\0b",
            string.Concat(Enumerable.Repeat("+ก* ", 25_000)), string.Concat(Enumerable.Repeat("-\"ก ข\" ", 10_000)),
        ];
        foreach (var query in typed)
            Should.CompleteIn(() => searcher.Search(new SearchRequest { Query = query }), Patience.Long);
    }

    [Fact]
    public void An_unknown_field_is_refused()
    {
        Should.Throw<ArgumentException>(() => _writer.OpenSearcher().Search(new SearchRequest { Facets = ["colour"] }));
        Should.Throw<ArgumentException>(() => _writer.Update(new Document("x").AddText("colour", "แดง")));
        _writer.DocumentCount.ShouldBe(5);
    }
}
