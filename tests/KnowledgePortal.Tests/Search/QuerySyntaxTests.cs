using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class QuerySyntaxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IndexWriter _writer;

    public QuerySyntaxTests()
    {
        _writer = IndexWriter.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);
        Seeds.AddTo(_writer);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    private string[] Keys(string query) => [.. _writer.OpenSearcher().Keys(query)];

    [Theory]
    [InlineData("ขอนแก่น AND พังงา", Seeds.Secret)]
    [InlineData("ขอนแก่น AND สงขลา", "")]
    [InlineData("ขอนแก่น OR สงขลา", Seeds.Secret, Seeds.Pmqa)]
    [InlineData("ขอนแก่น || สงขลา", Seeds.Secret, Seeds.Pmqa)]
    [InlineData("จังหวัด NOT ขอนแก่น", Seeds.Pmqa, Seeds.Innovation)]
    [InlineData("จังหวัด -ขอนแก่น", Seeds.Pmqa, Seeds.Innovation)]
    [InlineData("(ขอนแก่น OR สงขลา) AND PMQA", Seeds.Pmqa)]
    [InlineData("title:เสวนา", Seeds.Cop)]
    [InlineData("title:ชุมชนนักปฏิบัติ", "")]
    [InlineData("title:\"องค์กรนวัตกรรม\"", Seeds.Cop)]
    [InlineData("kind:cop", Seeds.Cop)]
    [InlineData("จังหวัด kind:exchange", Seeds.Secret)]
    [InlineData("held:[20200101 TO 20201231]", Seeds.Pmqa, Seeds.Cop)]
    [InlineData("held:>=20230221", Seeds.Innovation, Seeds.Design)]
    [InlineData("\"อบรม 40 คน\"~3", Seeds.Innovation)]
    [InlineData("\"อบรม 40 คน\"~1", "")]
    [InlineData("sbpic~", "")]
    [InlineData("netwark~", Seeds.Secret)]
    [InlineData("(ขอนแก่น", Seeds.Secret)]
    [InlineData("ขอนแก่น)", Seeds.Secret)]
    [InlineData("ขอนแก่น AND", Seeds.Secret)]
    [InlineData("OR ขอนแก่น", Seeds.Secret)]
    [InlineData("เวลา:ขอนแก่น", Seeds.Secret)]
    [InlineData("held:เมื่อวาน ขอนแก่น", Seeds.Secret)]
    [InlineData("(ขอนแก่น) (พังงา)", Seeds.Secret)]
    public void A_query_finds_exactly(string query, params string[] keys) => Keys(query).ShouldBe(keys.Where(key => key.Length > 0), ignoreOrder: true, query);

    [Fact]
    public void A_date_is_a_day_of_either_era()
    {
        _writer.Update(new Document("dated").AddText("body", "วันหนึ่ง").AddNumber("held", new DateOnly(2020, 7, 9).DayNumber));
        _writer.Commit("");
        Keys("held:2563-07-09").ShouldBe(["dated"]);
        Keys("held:[2020-07-01 TO 2020-07-31]").ShouldBe(["dated"]);
        Keys("held:{2563-07-09 TO *]").ShouldNotContain("dated");
    }

    [Fact]
    public void A_boost_decides() => Keys("ขอนแก่น^9 OR สงขลา")[..1].Concat(Keys("ขอนแก่น OR สงขลา^9")[..1]).ShouldBe([Seeds.Secret, Seeds.Pmqa]);

    [Fact]
    public void Only_what_the_groups_of_a_person_may_see_exists()
    {
        SearchRequest For(params string[] groups) => new() { Query = "จังหวัด", Visibility = new Visibility("year", groups.ToHashSet()), Facets = ["kind"] };
        var searcher = _writer.OpenSearcher();
        searcher.Search(For("2563")).Hits.Select(hit => hit.Key).ShouldBe([Seeds.Pmqa]);
        searcher.Search(For("2563")).Facets["kind"].ShouldBe([new FacetCount("workshop", 1)]);
        searcher.Search(For("2563", "2565")).Total.ShouldBe(2);
        searcher.Search(For()).Total.ShouldBe(0);
    }

    [Fact]
    public void A_preference_is_mild_and_can_be_left_out()
    {
        for (var year = 1; year <= 3; year++)
            _writer.Update(new Document($"y{year}").AddText("body", "กุหลาบสีแดง").AddNumber("held", year * 365));
        _writer.Update(new Document("old and good").AddText("body", "กุหลาบ กุหลาบ กุหลาบ").AddNumber("held", 1));
        _writer.Commit("");
        var newest = new SearchRequest { Query = "กุหลาบ", Preferences = [new Preference("held", 3 * 365, 365, 0.1f)] };
        _writer.OpenSearcher().Search(newest).Hits.Select(hit => hit.Key).ShouldBe(["old and good", "y3", "y2", "y1"]);
        Keys("กุหลาบ").ShouldBe(["old and good", "y1", "y2", "y3"]);
    }

    [Theory]
    [InlineData("netwark", "network")]
    [InlineData("กระบวนการ netwark", "กระบวนการ network")]
    [InlineData("network", null)]
    [InlineData("", null)]
    [InlineData("ขอนแกน", "ขอนแก่น")]
    public void Another_spelling_is_suggested(string query, string? expected) => _writer.OpenSearcher().DidYouMean(query).ShouldBe(expected);

    [Theory]
    [InlineData("net", "network")]
    [InlineData("นวัต", "นวัตกรรม")]
    [InlineData("การพัฒนานวัต", "การพัฒนานวัตกรรม")]
    [InlineData("เสวนา ขอน", "เสวนา ขอนแก่น")]
    public void The_last_word_is_completed(string query, string expected) => _writer.OpenSearcher().Suggest(query, 5)[0].ShouldBe(expected);
}

