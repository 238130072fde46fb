using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>The search page as a reader without scripts sees it, and what its API says.</summary>
public sealed class SearchPageTests(DemoSite demo)
{
    [Fact]
    public async Task Values_of_one_filter_are_alternatives_and_every_count_obeys_the_other_filters()
    {
        var page = await ApiAsync("q=นวัตกรรม&fy=2563&fy=2565&type=CopSession");
        var years = Counts(page, "fy");
        page["total"]!.GetValue<int>().ShouldBe(years["2563"] + years["2565"]);
        (await ApiAsync("q=นวัตกรรม&fy=2563&type=CopSession"))["total"]!.GetValue<int>().ShouldBe(years["2563"]);
        foreach (var (agency, count) in Counts(page, "agency"))
            (await ApiAsync($"q=นวัตกรรม&fy=2563&fy=2565&type=CopSession&agency={Uri.EscapeDataString(agency)}"))["total"]!.GetValue<int>().ShouldBe(count, agency);
    }

    [Fact]
    public async Task A_chosen_value_stays_in_the_form_when_it_finds_nothing_and_its_chip_takes_it_off()
    {
        var page = await PageAsync("/search?q=&fy=2563&fy=2499&province=songkhla");
        page.QuerySelectorAll<IHtmlInputElement>("#facets input[checked]").Select(i => $"{i.Name}={i.Value}").ShouldBe(["fy=2563", "fy=2499", "province=songkhla"]);
        var chip = page.QuerySelectorAll<IHtmlAnchorElement>("main a.tag").Single(a => a.TextContent.Contains("2499"));
        var after = await PageAsync(chip.GetAttribute("href")!);
        after.QuerySelectorAll<IHtmlInputElement>("#facets input[checked]").Select(i => $"{i.Name}={i.Value}").ShouldBe(["fy=2563", "province=songkhla"]);
        Total(after).ShouldBe(Total(page));
    }

    [Fact]
    public async Task Results_come_by_relevance_by_the_words_alone_or_by_day()
    {
        var days = (await SessionDaysAsync("sort=new")).ToList();
        days.Count.ShouldBeGreaterThan(3);
        days.ShouldBe(days.OrderDescending());
        (await SessionDaysAsync("sort=old")).ShouldBe(days.Order());
        var page = await PageAsync("/search?q=นวัตกรรม&sort=old");
        page.QuerySelectorAll(".sorts a").Select(a => a.TextContent).ShouldBe(["ตรงที่สุด", "ใหม่สุด", "เก่าสุด"]);
        page.QuerySelector(".sorts [aria-current]")!.TextContent.ShouldBe("เก่าสุด");
        page.QuerySelector<IHtmlInputElement>("#facets input[name=sort]")!.Value.ShouldBe("old");
        (await PageAsync("/search?q=นวัตกรรม&sort=words")).QuerySelector(".sorts [aria-current]")!.TextContent.ShouldBe("ตรงคำอย่างเดียว");
        (await ApiAsync("q=นวัตกรรม&sort=sideways"))["sort"]!.GetValue<string>().ShouldBe("relevance");
    }

    [Fact]
    public async Task A_query_that_is_too_long_is_cut_and_says_so()
    {
        var words = string.Join(' ', Enumerable.Repeat("น้ำท่วม", 70));
        var page = await PageAsync("/search?q=" + Uri.EscapeDataString(words));
        page.QuerySelector(".notice.warn")!.TextContent.ShouldContain("500");
        var shown = page.QuerySelector<IHtmlInputElement>("#q")!.Value;
        shown.Length.ShouldBeInRange(498, 500);
        words.ShouldStartWith(shown);
        (await demo.Client.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString(words))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PageAsync("/search?q=" + Uri.EscapeDataString(words[..500]))).QuerySelector(".notice.warn").ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_found_says_what_would_be_found_without_each_filter_and_without_signs()
    {
        var page = await PageAsync("/search?q=" + Uri.EscapeDataString("\"ขอนแก่นศึกษา\"") + "&fy=2567&province=khon-kaen");
        page.QuerySelector(".empty h2")!.TextContent.ShouldContain("ขอนแก่นศึกษา");
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain("0");
        page.QuerySelectorAll("main a.tag").Select(a => a.TextContent).ShouldContain(chip => chip.Contains("2567"));
        var ways = page.QuerySelectorAll<IHtmlAnchorElement>(".ways a").ToList();
        ways.Count.ShouldBeGreaterThan(0);
        foreach (var way in ways)
            Digits(way.ParentElement!.QuerySelector(".n")!.TextContent).ShouldBe(Total(await PageAsync(way.GetAttribute("href")!)), way.TextContent);
        page.QuerySelectorAll<IHtmlAnchorElement>("main a[href^='/subscribe?search=']").Count().ShouldBe(1);

        var plain = await PageAsync("/search?q=" + Uri.EscapeDataString("+นวัตกรรม +xyzzyplugh"));
        plain.QuerySelector(".ways")!.TextContent.ShouldContain("นวัตกรรม xyzzyplugh");
    }

    [Fact]
    public async Task A_page_after_the_last_leads_back()
    {
        var page = await PageAsync("/search?q=นวัตกรรม&page=400");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/search?q=" + Uri.EscapeDataString("นวัตกรรม"));
    }

    [Fact]
    public async Task What_was_added_to_a_word_can_be_taken_off()
    {
        var page = await PageAsync("/search?q=" + Uri.EscapeDataString("อบรม มท."));
        var added = page.QuerySelectorAll<IHtmlAnchorElement>(".search-notes a.tag").Single(a => a.TextContent.Contains("กระทรวงมหาดไทย"));
        var after = await PageAsync(added.GetAttribute("href")!);
        after.QuerySelector<IHtmlInputElement>("#q")!.Value.ShouldBe("อบรม \"มท.\"");
        after.QuerySelectorAll(".search-notes a.tag").ShouldNotContain(a => a.TextContent.Contains("กระทรวงมหาดไทย"));
    }

    [Fact]
    public async Task Words_said_show_their_second_and_who_said_them()
    {
        var page = await PageAsync("/search?type=Recording&q=" + Uri.EscapeDataString("ขอนแก่นศึกษา"));
        var line = page.QuerySelector<IHtmlAnchorElement>(".hits a")!;
        line.GetAttribute("href")!.ShouldEndWith("?t=92");
        line.QuerySelector(".tc")!.TextContent.ShouldBe("1:32");
        line.QuerySelector("b")!.TextContent.ShouldBe("ผู้บรรยาย");
        line.QuerySelector("mark")!.TextContent.ShouldBe("ขอนแก่นศึกษา");
    }

    [Theory]
    [InlineData("การสร้าง", "การสร้างองค์กรนวัตกรรมภาครัฐ", "บันทึกกิจกรรม", "/cop/moi/2563/4")]
    [InlineData("องค์กรนวัต", "การสร้างองค์กรนวัตกรรมภาครัฐ", "บันทึกกิจกรรม", "/cop/moi/2563/4")]
    [InlineData("จ\u0E4D\u0E32เริญ", "นายจำเริญ ทิพญพงศ์ธาดา", "บุคคล", null)]
    [InlineData("พังงา", "พังงา", "จังหวัด", "/search?q=&province=phang-nga")]
    [InlineData("องค์กรแห่ง", "องค์กรแห่งการเรียนรู้", "หัวข้อ", null)]
    [InlineData("สป.มท", "สำนักงานปลัดกระทรวงมหาดไทย", "หน่วยงาน", null)]
    [InlineData("คู่เสี", "คู่เสี่ยว เกี่ยวก้อย", "แนวปฏิบัติที่ดี", null)]
    public async Task While_typing_titles_people_agencies_and_topics_are_offered_by_kind(string typed, string text, string kind, string? url)
    {
        var offered = await SuggestAsync(typed);
        var one = offered.SingleOrDefault(s => s["text"]!.GetValue<string>() == text && s["kind"]!.GetValue<string>() == kind);
        one.ShouldNotBeNull($"{typed}: {string.Join(", ", offered.Select(s => $"{s["text"]} ({s["kind"]})"))}");
        if (url is not null) one["url"]!.GetValue<string>().ShouldBe(url);
        var page = await demo.Client.GetAsync(one["url"]!.GetValue<string>());
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        if (one["url"]!.GetValue<string>().StartsWith("/search", StringComparison.Ordinal)) Total(await ReadAsync(page)).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ก")]
    [InlineData("\u0E48\u0E48\u0E48")]
    [InlineData("\uD800\uD800")]
    [InlineData("((((((\"*")]
    public async Task Nothing_is_offered_for_what_says_nothing(string typed) => (await SuggestAsync(typed)).ShouldBeEmpty();

    [Fact]
    public async Task An_agency_that_speaks_is_no_person() =>
        (await SuggestAsync("สำนักงานส่งเสริมเศรษฐกิจ")).Select(s => s["kind"]!.GetValue<string>()).ShouldNotContain("บุคคล");

    [Fact]
    public async Task Suggestions_are_few_and_may_be_kept_for_a_minute()
    {
        (await SuggestAsync("การ")).Count.ShouldBeInRange(1, 8);
        (await SuggestAsync(new string('ก', 101))).ShouldBeEmpty();
        (await demo.Client.GetAsync("/api/v1/search/suggest?q=การ")).Headers.CacheControl!.ToString().ShouldBe("max-age=60, private");
    }

    [Fact]
    public async Task The_help_page_is_linked_and_what_it_shows_finds_something()
    {
        (await PageAsync("/search")).QuerySelectorAll("main a[href='/search/help']").Length.ShouldBe(1);
        var help = await PageAsync("/search/help");
        foreach (var example in help.QuerySelectorAll<IHtmlAnchorElement>("table a"))
            Total(await PageAsync(example.GetAttribute("href")!)).ShouldBeGreaterThan(0, example.TextContent);
    }

    private static Dictionary<string, int> Counts(JsonNode page, string facet) =>
        page["facets"]![facet]!.AsArray().ToDictionary(c => c!["value"]!.GetValue<string>(), c => c!["count"]!.GetValue<int>());

    private async Task<IReadOnlyList<string>> SessionDaysAsync(string sort)
    {
        var page = await PageAsync("/search?q=&type=CopSession&" + sort);
        return [.. page.QuerySelectorAll(".ledger .meta span").Select(s => Day(s.TextContent)).Where(d => d.Length > 0)];
    }

    private static string Day(string text) =>
        KnowledgePortal.Web.Hosting.Thai.ThaiDateParser.Parse(text.Trim()).Date is { } day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static int Total(IDocument page) => page.QuerySelector("main [role=status] b") is { } total ? Digits(total.TextContent) : 0;

    private static int Digits(string text) => int.Parse(string.Concat(text.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);

    private async Task<JsonNode> ApiAsync(string parameters) => JsonNode.Parse(await demo.Client.GetStringAsync("/api/v1/search?" + parameters))!;

    private async Task<IReadOnlyList<JsonNode>> SuggestAsync(string typed) =>
        [.. JsonNode.Parse(await demo.Client.GetStringAsync("/api/v1/search/suggest?q=" + Uri.EscapeDataString(typed)))!["suggestions"]!.AsArray().Select(s => s!)];

    private async Task<IDocument> PageAsync(string path) => await ReadAsync(await demo.Client.GetAsync(path));

    private static async Task<IDocument> ReadAsync(HttpResponseMessage response) => new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
}
