using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Api;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Feeds;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What programs read of the pages: feeds, the sitemap, linked data.</summary>
public sealed class FeedsTests(ApiSite site)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private readonly HttpClient _client = new() { BaseAddress = site.Address };

    private async Task<XElement> XmlAsync(string path)
    {
        var response = await _client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
    }

    [Theory]
    [InlineData("/feed.atom", "องค์กรนวัตกรรมภาครัฐ")]
    [InlineData("/feeds/CopSession.atom", "องค์กรนวัตกรรมภาครัฐ")]
    [InlineData("/feeds/KnowledgeProgramme.atom", "")]
    [InlineData("/cop/moi/feed.atom", "องค์กรนวัตกรรมภาครัฐ")]
    [InlineData("/topics/pmqa/feed.atom", "")]
    public async Task A_feed_has_what_its_readers_need(string path, string title)
    {
        var response = await _client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/atom+xml; charset=utf-8");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        feed.Name.ShouldBe(Atom + "feed");
        foreach (var name in new[] { "title", "id", "updated" }) feed.Elements(Atom + name).ShouldHaveSingleItem().Value.ShouldNotBeEmpty();
        Link(feed, "self").ShouldEndWith(path);
        Uri.TryCreate(feed.Element(Atom + "id")!.Value, UriKind.Absolute, out _).ShouldBeTrue();
        foreach (var entry in feed.Elements(Atom + "entry"))
        {
            foreach (var name in new[] { "title", "id", "updated", "author" }) entry.Elements(Atom + name).ShouldHaveSingleItem();
            Link(entry, "alternate").ShouldStartWith("http");
            DateTimeOffset.Parse(entry.Element(Atom + "updated")!.Value).ShouldBeLessThan(site.Clock.GetUtcNow().AddDays(1));
        }
        feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value).ShouldBeUnique();
        if (title.Length > 0) feed.Elements(Atom + "entry").ShouldContain(e => e.Element(Atom + "title")!.Value.Contains(title));
        // Others publish meanwhile: what is sent once more has another tag then.
        var known = response.Headers.ETag!;
        HttpResponseMessage again;
        for (var tries = 0; (again = await AgainAsync(known)).StatusCode == HttpStatusCode.OK && tries < 100; tries++)
        {
            again.Headers.ETag.ShouldNotBe(known);
            known = again.Headers.ETag!;
        }
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);

        Task<HttpResponseMessage> AgainAsync(EntityTagHeaderValue tag)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.Add(tag);
            return _client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Feeds_go_on_page_by_page_and_hold_any_title()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        for (var i = 0; i < 31; i++)
        {
            var page = await organizer.PostAsync("/api/v1/content?publish=true", new JsonObject { ["ContentType"] = "Page", ["TitlePart"] = new JsonObject { ["Title"] = $"หน้า <{i}> & \"อื่น\" \u0085" }, ["AutoroutePart"] = new JsonObject { ["Path"] = $"feed-page-{i}" } });
            page.Status.ShouldBe(201, page.Text);
        }
        var first = await XmlAsync("/feeds/Page.atom");
        Link(first, "first").ShouldEndWith("/feeds/Page.atom");
        var next = Link(first, "next");
        next.ShouldEndWith("?page=2");
        var second = await XmlAsync(new Uri(next).PathAndQuery);
        Link(second, "previous").ShouldBe(Link(first, "self"));
        var titles = first.Elements(Atom + "entry").Concat(second.Elements(Atom + "entry")).Select(e => e.Element(Atom + "title")!.Value).ToList();
        titles.ShouldContain("หน้า <0> & \"อื่น\"");
        titles.ShouldBeUnique();
        foreach (var none in new[] { "/feeds/None.atom", "/cop/none/feed.atom", "/topics/none/feed.atom", "/feed.atom?page=0", "/feed.atom?page=x", "/feed.atom?page=999" })
            (await _client.GetAsync(none)).StatusCode.ShouldBe(HttpStatusCode.NotFound, none);
        XmlText.Of("a\u0001\uFFFF<\U0001F600").ShouldBe("a<\U0001F600");
    }

    [Fact]
    public async Task A_sitemap_of_more_than_fifty_thousand_pages_comes_in_parts()
    {
        using var folder = new ScratchFolder();
        await SiteTemplates.CopyAsync("setup.recipe.json", folder.Path);
        await using var host = new PortalHost(folder.Path);
        using var client = new HttpClient { BaseAddress = host.Start() };
        var before = XDocument.Parse(await client.GetStringAsync("/sitemap.xml")).Root!;
        before.Name.ShouldBe(Sitemap + "urlset");
        await using (var transaction = await ((KnowledgePortal.Cms.Data.Database)host.Services.GetService(typeof(KnowledgePortal.Cms.Data.Database))!).BeginAsync())
        {
            const string Numbers = "with recursive n (x) as (select 1 union all select x + 1 from n where x < 50001)";
            await transaction.ExecuteAsync($$"""
                {{Numbers}} insert into content_items (content_item_id, content_item_version_id, content_type, display_text, latest, published, was_published, created_utc, modified_utc, published_utc, document)
                select 'sm' || x, 'smv' || x, 'Page', 'หน้า', 1, 1, 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '{}' from n
                """);
            await transaction.ExecuteAsync($"{Numbers} insert into autoroute_index (path, content_item_id, content_type) select 'sm-' || x, 'sm' || x, 'Page' from n");
            await transaction.ExecuteAsync($"{Numbers} insert into content_viewers (content_item_id, viewer) select 'sm' || x, 'public' from n");
            await transaction.CommitAsync();
        }
        var index = XDocument.Parse(await client.GetStringAsync("/sitemap.xml?again")).Root!;
        index.Name.ShouldBe(Sitemap + "sitemapindex");
        var addresses = new List<string>();
        foreach (var part in index.Elements(Sitemap + "sitemap").Select(s => new Uri(s.Element(Sitemap + "loc")!.Value).AbsolutePath))
        {
            var urls = XDocument.Parse(await client.GetStringAsync(part)).Root!.Elements(Sitemap + "url").ToList();
            urls.Count.ShouldBeInRange(1, SitemapController.PartLength);
            addresses.AddRange(urls.Select(u => u.Element(Sitemap + "loc")!.Value));
        }
        addresses.ShouldBeUnique();
        addresses.Count.ShouldBe(before.Elements().Count() + 50_001);
        (await client.GetAsync("/sitemap-9.xml")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_is_an_event()
    {
        var data = await LinkedDataAsync("/cop/moi/2563/4");
        var happening = data.Single(d => d["@type"]!.ToString() == "Event");
        Required(happening, "name", "startDate", "location", "organizer", "url", "eventStatus");
        happening["startDate"]!.ToString().ShouldMatch(@"^2020-07-09(T\d\d:\d\d:\d\d\+07:00)?$");
        happening["organizer"]!["name"]!.ToString().ShouldNotBeEmpty();
        (happening["location"] is JsonArray ? happening["location"]![0] : happening["location"])!["@type"]!.ToString().ShouldBeOneOf("Place", "VirtualLocation");
        var crumbs = data.Single(d => d["@type"]!.ToString() == "BreadcrumbList")["itemListElement"]!.AsArray();
        crumbs.Select(c => c!["position"]!.GetValue<int>()).ShouldBe(Enumerable.Range(1, crumbs.Count));
        crumbs.ShouldAllBe(c => c!["name"]!.ToString().Length > 0);
        crumbs.SkipLast(1).ShouldAllBe(c => c!["item"]!.ToString().StartsWith("http"));
    }

    [Fact]
    public async Task A_recording_is_a_video_with_clips()
    {
        var path = (await XmlAsync("/sitemap.xml")).Descendants(Sitemap + "loc").Select(l => new Uri(l.Value).AbsolutePath).First(p => p.EndsWith("/watch"));
        var page = await _client.GetStringAsync(path);
        var data = await LinkedDataAsync(path);
        if (!page.Contains("<video"))
        {
            data.ShouldAllBe(d => d["@type"]!.ToString() != "VideoObject");
            return; // no video could be drawn on this machine, and a video without its file is none
        }
        var video = data.Single(d => d["@type"]!.ToString() == "VideoObject");
        Required(video, "name", "thumbnailUrl", "uploadDate", "contentUrl", "description");
        video["uploadDate"]!.ToString().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$");
        video["duration"]!.ToString().ShouldMatch(@"^PT\d+S$");
        (await _client.GetAsync(new Uri(video["thumbnailUrl"]![0]!.ToString()).AbsolutePath)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync(new Uri(video["contentUrl"]!.ToString()).AbsolutePath)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var clip in video["hasPart"]!.AsArray())
        {
            clip!["@type"]!.ToString().ShouldBe("Clip");
            Required(clip.AsObject(), "name", "startOffset", "endOffset", "url");
            clip["endOffset"]!.GetValue<int>().ShouldBeGreaterThan(clip["startOffset"]!.GetValue<int>());
            (await _client.GetAsync(new Uri(clip["url"]!.ToString()).PathAndQuery)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_practice_and_news_are_articles_and_no_text_ends_the_block()
    {
        var practice = (await XmlAsync("/feeds/BestPractice.atom")).Descendants(Atom + "entry").Select(e => new Uri(Link(e, "alternate")).AbsolutePath).First();
        Required((await LinkedDataAsync(practice)).Single(d => d["@type"]!.ToString() == "Article"), "headline", "datePublished", "dateModified", "author", "mainEntityOfPage");
        const string Title = "</script><script>alert(1)</script> <!-- & \u2028 ข่าว";
        var made = await (await site.AsAsync(DemoSite.Organizer)).PostAsync("/api/v1/content?publish=true", new JsonObject { ["ContentType"] = "Article", ["TitlePart"] = new JsonObject { ["Title"] = Title }, ["AutoroutePart"] = new JsonObject { ["Path"] = "articles/script-safe" } });
        made.Status.ShouldBe(201, made.Text);
        var html = await _client.GetStringAsync("/articles/script-safe");
        html.ShouldNotContain("<script>alert");
        var article = (await LinkedDataAsync("/articles/script-safe")).Single(d => d["@type"]!.ToString() == "Article");
        article["headline"]!.ToString().ShouldContain("</script><script>alert(1)</script>");
        (await _client.GetAsync("/articles/script-safe")).Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
    }

    private async Task<IReadOnlyList<JsonObject>> LinkedDataAsync(string path)
    {
        var page = new HtmlParser().ParseDocument(await _client.GetStringAsync(path));
        var blocks = page.QuerySelectorAll("script[type='application/ld+json']").Select(s => JsonNode.Parse(s.TextContent)!.AsObject()).ToList();
        blocks.ShouldNotBeEmpty(path);
        blocks.ShouldAllBe(b => b["@context"]!.ToString() == "https://schema.org");
        foreach (var block in blocks)
            foreach (Match address in Regex.Matches(block.ToJsonString(), "\"(?:url|item|contentUrl|mainEntityOfPage)\":\"([^\"]*)\"")) Uri.IsWellFormedUriString(address.Groups[1].Value, UriKind.Absolute).ShouldBeTrue(address.Value);
        return blocks;
    }

    private static void Required(JsonObject thing, params string[] names)
    {
        foreach (var name in names) thing[name].ShouldNotBeNull($"{thing["@type"]} has no {name}");
    }

    private static string Link(XElement element, string relation) =>
        element.Elements(Atom + "link").FirstOrDefault(l => l.Attribute("rel")!.Value == relation)?.Attribute("href")!.Value ?? "";
}
