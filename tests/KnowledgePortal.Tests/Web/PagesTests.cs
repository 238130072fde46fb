using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed partial class PagesTests(DemoSite demo)
{
    [Theory]
    [InlineData("/", "บันทึกล่าสุด")]
    [InlineData("/cop", "CoPs สป.มท.")]
    [InlineData("/cop/moi", "การสร้างองค์กรนวัตกรรมภาครัฐ")]
    [InlineData("/cop/moi/2563/4", "นายสมคิด จันทมฤก")]
    [InlineData("/cop/opdc/2565/เคล็ดที่ไม่ลับ", "รัชฎา ฉายจิต")]
    [InlineData("/cop/opdc/2565/เคล็ดที่ไม่ลับ/watch", "ขอนแก่นศึกษา")]
    [InlineData("/calendar", "2567")]
    [InlineData("/calendar?fy=2563", "กรกฎาคม")]
    [InlineData("/practices", "Andaman hub medical network")]
    [InlineData("/practices/andaman-hub-medical-network", "พังงา")]
    [InlineData("/practices/ขอนแก่นศึกษา", "ขอนแก่น")]
    [InlineData("/provinces", "เชียงใหม่")]
    [InlineData("/provinces/khon-kaen", "ขอนแก่น")]
    [InlineData("/search", "ค้นหา")]
    [InlineData("/about", "คลังความรู้")]
    [InlineData("/privacy", "คุกกี้")]
    [InlineData("/accessibility", "WCAG")]
    public async Task A_page_answers_with_its_content(string path, string text)
    {
        var response = await demo.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        page.DocumentElement.GetAttribute("lang").ShouldBe("th");
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        Plain(page.Body!).ShouldContain(text);
    }

    [Fact]
    public async Task Near_to_a_practice_are_those_of_its_province_then_those_told_in_its_session()
    {
        var page = new HtmlParser().ParseDocument(await demo.Client.GetStringAsync("/practices/andaman-hub-medical-network"));
        page.QuerySelectorAll("section[aria-labelledby=related] a[href^='/practices/']").Select(a => Uri.UnescapeDataString(a.GetAttribute("href")!)).Distinct()
            .ShouldBe(["/practices/platform-supermarket-พังงา", "/practices/สมัชชาพังงา", "/practices/epam"]);
    }

    [Fact]
    public async Task No_link_on_any_page_leads_to_a_page_that_is_not_there()
    {
        var (seen, broken) = await SiteWalk.FromTheFrontPageAsync(demo.Client);
        broken.ShouldBeEmpty();
        seen.ShouldBeGreaterThan(120);
    }

    [Fact]
    public async Task An_address_that_is_not_there_gets_a_page_that_searches()
    {
        var response = await demo.Client.GetAsync("/ไม่มีหน้านี้/ขอนแก่น");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        page.QuerySelector("main form[action='/search'] input[name=q]").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/cop/moi/2563/5")]
    [InlineData("/cop/nobody")]
    [InlineData("/practices/none")]
    [InlineData("/provinces/atlantis")]
    [InlineData("/topics/none")]
    [InlineData("/calendar?fy=1999")]
    [InlineData("/calendar?fy=x")]
    [InlineData("/cop/moi/2563/4/watch")]
    [InlineData("/media/recordings/none.mp4")]
    [InlineData("/media/../portal.db")]
    [InlineData("/media/%2e%2e/portal.db")]
    public async Task What_does_not_exist_is_not_found(string path) =>
        (await demo.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in new[] { "/", "/nothing", "/api/v1/search", "/media/recordings/kledlap.th.vtt" })
        {
            var headers = (await demo.Client.GetAsync(path)).Headers;
            headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
            headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_record_without_figures_says_so_instead_of_inventing_them()
    {
        var page = new HtmlParser().ParseDocument(await demo.Client.GetStringAsync("/practices/epam"));
        Plain(page.Body!).ShouldContain("ยังไม่มีข้อมูล");
    }

    // Compounds are wrapped in spans and numbers glued with U+00A0; a reader sees neither.
    private static string Plain(IElement element) => Spaces().Replace(element.TextContent.Replace('\u00A0', ' ').Replace("\u2060", ""), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
