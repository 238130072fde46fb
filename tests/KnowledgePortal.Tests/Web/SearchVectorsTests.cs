using System.Text.Json.Nodes;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What people type and what must be found, over the API of the demo site.</summary>
public sealed class SearchVectorsTests(DemoSite demo)
{
    [Theory]
    [InlineData("ไขกุญแจความสำเร็จ", DemoItems.AnnouncedSession)]
    [InlineData("ไขกุญแจความส\u0E4D\u0E32เร็จ", DemoItems.AnnouncedSession)]
    [InlineData("จำเริญ ทิพญพงศ์ธาดา", DemoItems.ExchangeOf7December2564)]
    [InlineData("จ\u0E4D\u0E32เริญ", DemoItems.ExchangeOf7December2564)]
    [InlineData("นุภาพ", DemoItems.Session4Of2563)]
    [InlineData("ราชานุภาพ", DemoItems.Session4Of2563)]
    [InlineData("ดำรงราชานุภาพ", DemoItems.Session4Of2563)]
    [InlineData("ศอ.บต.", DemoItems.SbpacWorkshop)]
    [InlineData("ศอบต", DemoItems.SbpacWorkshop)]
    [InlineData("SBPAC", DemoItems.SbpacWorkshop)]
    [InlineData("ศูนย์อำนวยการบริหารจังหวัดชายแดนภาคใต้", DemoItems.SbpacWorkshop)]
    [InlineData("๒๕๖๓", DemoItems.Session4Of2563)]
    [InlineData("๒๕๖๓", DemoItems.SongkhlaWorkshop)]
    [InlineData("2563", DemoItems.Session4Of2563)]
    [InlineData("2563", DemoItems.SongkhlaWorkshop)]
    [InlineData("2020", DemoItems.Session4Of2563)]
    [InlineData("2020", DemoItems.SongkhlaWorkshop)]
    [InlineData("ขอนแกน", DemoItems.ExchangeOf7December2564)]
    [InlineData("ขอนแกน", DemoItems.KhonKaenSueksa)]
    [InlineData("นวัตรกรรมภาครัฐ", DemoItems.Session4Of2563)]
    [InlineData("นวัตรกรรมภาครัฐ", DemoItems.MinistryWorkshop)]
    [InlineData("CoP", DemoItems.Session4Of2563)]
    [InlineData("ชุมชนแห่งการปฏิบัติ", DemoItems.Session4Of2563)]
    [InlineData("OPDC", DemoItems.ExchangeOf7December2564)]
    [InlineData("ก.พ.ร.", DemoItems.ExchangeOf7December2564)]
    [InlineData("MOI", DemoItems.Session4Of2563)]
    [InlineData("Public Sector Innovation", DemoItems.SbpacWorkshop)]
    [InlineData("สป.มท.", DemoItems.MinistryWorkshop)]
    [InlineData("การพัฒนาคุณภาพการบริหารจัดการภาครัฐ", DemoItems.SongkhlaWorkshop)]
    [InlineData("วิดีโอ คอนเฟอเรนซ์ VDO Conference", DemoItems.Session4Of2563)]
    [InlineData("ประชุมทางไกล", DemoItems.Session4Of2563)]
    [InlineData("แอปพลิเคชัน", DemoItems.Recording)]
    [InlineData("คู่เสี่ยว", DemoItems.KhuSiao)]
    [InlineData("design thinking", DemoItems.MinistryWorkshop)]
    [InlineData("9 ก.ค. 2563", DemoItems.Session4Of2563)]
    [InlineData("ผวจ. พังงา", DemoItems.ExchangeOf7December2564)]
    public async Task A_query_finds_its_record(string query, string id) =>
        (await HitsAsync(query)).ShouldContain(id, $"{query} does not find {DemoItems.NameOf(id)}");

    [Theory]
    [InlineData("ชุมชนนักปฏิบัติ ครั้งที่ 4/2563", DemoItems.Session4Of2563)]
    [InlineData("เสวนา องค์กรนวัตกรรม 63", DemoItems.Session4Of2563)]
    [InlineData("คู่เสี่ยว เกี่ยวก้อย", DemoItems.KhuSiao)]
    [InlineData("ไขกุญแจความสำเร็จ", DemoItems.AnnouncedSession)]
    [InlineData("อบรม นวัตกรรม ศอ.บต.", DemoItems.SbpacWorkshop)]
    public async Task A_query_finds_its_record_first(string query, string id) =>
        DemoItems.NameOf((await HitsAsync(query))[0]).ShouldBe(DemoItems.NameOf(id));

    [Theory]
    [InlineData("คู่เสี่ยว", "<mark>คู่เสี่ยว</mark>")]
    [InlineData("องค์กรนวัตกรรม", "<mark>องค์กรนวัตกรรม</mark>")]
    [InlineData("ขอนแก่นศึกษา", "<mark>ขอนแก่นศึกษา</mark>")]
    public async Task What_was_found_is_marked_as_one_piece(string query, string marked) =>
        (await SearchAsync($"q={Uri.EscapeDataString(query)}"))["hits"]!.AsArray().Select(h => h!["snippet"]!.GetValue<string>())
            .ShouldContain(snippet => snippet.Contains(marked));

    [Fact]
    public async Task Words_said_in_a_recording_open_it_at_their_second()
    {
        var hit = (await SearchAsync($"q={Uri.EscapeDataString("ขอนแก่นศึกษา")}&type=Recording"))["hits"]!.AsArray().Single()!;
        var seconds = hit["seconds"]!.GetValue<int>();
        hit["url"]!.GetValue<string>().ShouldEndWith($"/watch?t={seconds}");
        seconds.ShouldBeInRange(90, 98);
        hit["snippet"]!.GetValue<string>().ShouldContain("<mark>ขอนแก่นศึกษา</mark>");
    }

    [Fact]
    public async Task The_office_and_the_commission_with_like_abbreviations_are_not_the_same()
    {
        var commission = await HitsAsync("ก.พ.ร.");
        var unit = await HitsAsync("กพร.สป.");
        unit.ShouldContain(DemoItems.MinistryWorkshop);
        unit.ShouldNotContain(DemoItems.AnnouncedSession);
        commission.ShouldContain(DemoItems.AnnouncedSession);
        commission[0].ShouldNotBe(DemoItems.MinistryWorkshop);
    }

    [Fact]
    public async Task Filters_narrow_and_their_counts_are_true()
    {
        var all = await SearchAsync("q=");
        all["total"]!.GetValue<int>().ShouldBe(all["facets"]!["type"]!.AsArray().Sum(c => c!["count"]!.GetValue<int>()));
        foreach (var facet in new[] { "type", "fy", "kind", "agency", "province", "topic", "pmqa", "award", "has" })
        {
            all["facets"]![facet]!.AsArray().ShouldNotBeEmpty(facet);
            foreach (var choice in all["facets"]![facet]!.AsArray())
                (await SearchAsync($"q=&{facet}={Uri.EscapeDataString(choice!["value"]!.GetValue<string>())}"))["total"]!.GetValue<int>()
                    .ShouldBe(choice["count"]!.GetValue<int>(), $"{facet}={choice["value"]}");
        }
    }

    [Fact]
    public async Task Filters_of_several_kinds_apply_together()
    {
        var page = await SearchAsync("q=&type=CopSession&fy=2565&province=phang-nga");
        page["hits"]!.AsArray().Select(h => h!["contentItemId"]!.GetValue<string>()).ShouldBe([DemoItems.ExchangeOf7December2564]);
        page["hits"]![0]!["fiscalYear"]!.GetValue<int>().ShouldBe(2565);
    }

    [Fact]
    public async Task An_empty_query_lists_the_newest_first()
    {
        var hits = (await SearchAsync("q="))["hits"]!.AsArray();
        hits.Count.ShouldBe(20);
        hits[0]!["contentItemId"]!.GetValue<string>().ShouldBe(DemoItems.MinistryWorkshop);
        (await SearchAsync("q=&page=2"))["hits"]!.AsArray().Count.ShouldBeGreaterThan(0);
        (await SearchAsync("q=&page=99"))["hits"]!.AsArray().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("q=%22")]
    [InlineData("q=%00%01%ff%fe")]
    [InlineData("q=((((((&fy=abc&type=%3Cscript%3E&page=-1")]
    [InlineData("q=%F0%9F%98%80+%E0%B9%88%E0%B9%88%E0%B9%88&page=99999999999999")]
    [InlineData("q=+-*%20AND%20OR%20NOT%20:%20%5B%20TO%20%5D~^")]
    public async Task Whatever_is_typed_gets_an_answer(string parameters)
    {
        (await demo.Client.GetAsync("/search?" + parameters)).IsSuccessStatusCode.ShouldBeTrue();
        (await demo.Client.GetAsync("/api/v1/search?" + parameters)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task A_query_as_long_as_an_address_may_be_gets_an_answer() =>
        (await demo.Client.GetAsync("/search?q=" + string.Concat(Enumerable.Repeat("(\"ก* ", 400)))).IsSuccessStatusCode.ShouldBeTrue();

    [Fact]
    public async Task What_was_typed_is_encoded_in_the_page()
    {
        var html = await demo.Client.GetStringAsync("/search?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        html.ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task A_published_item_comes_in_the_envelope_of_Orchard()
    {
        var item = JsonNode.Parse(await demo.Client.GetStringAsync($"/api/v1/content/{DemoItems.Session4Of2563}"))!.AsObject();
        item.Select(p => p.Key).Take(11).ShouldBe(
        [
            "ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published",
            "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author",
        ]);
        item["CopSession"]!["SeriesNo"]!["Value"]!.GetValue<int>().ShouldBe(4);
        (await demo.Client.GetAsync("/api/v1/content/none")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private async Task<IReadOnlyList<string>> HitsAsync(string query) =>
        [.. (await SearchAsync($"q={Uri.EscapeDataString(query)}"))["hits"]!.AsArray().Select(h => h!["contentItemId"]!.GetValue<string>())];

    private async Task<JsonNode> SearchAsync(string parameters) =>
        JsonNode.Parse(await demo.Client.GetStringAsync("/api/v1/search?" + parameters))!;
}
