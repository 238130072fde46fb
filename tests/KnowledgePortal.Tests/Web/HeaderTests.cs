using System.Net;
using AngleSharp.Html.Parser;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What every answer promises to browsers and caches, whatever kind of answer it is.</summary>
public sealed class HeaderTests(DemoSite demo, MembersSite site) : IClassFixture<MembersSite>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    // What reading leaves behind on purpose: counts of searches, when a session was last seen, how far an index is, what jobs did.
    private static readonly string[] WrittenByReading = ["asked_queries", "account_sessions", "search_cursors", "job_runs", "digest_runs", "index_rebuilds", "attempts", "nodes", "leases", "sqlite_sequence"];

    public static TheoryData<string, string, HttpStatusCode> Answers => new()
    {
        { "GET", "/", HttpStatusCode.OK },
        { "HEAD", "/", HttpStatusCode.OK },
        { "GET", "/nothing/here", HttpStatusCode.NotFound },
        { "DELETE", "/about", HttpStatusCode.MethodNotAllowed },
        { "POST", "/subscribe", HttpStatusCode.BadRequest },
        { "GET", "/manage", HttpStatusCode.Redirect },
        { "GET", "/media/nothing.jpg", HttpStatusCode.NotFound },
        { "GET", "/assets/nothing.css", HttpStatusCode.NotFound },
        { "GET", "/sitemap.xml", HttpStatusCode.OK },
        { "GET", "/feed.atom", HttpStatusCode.OK },
        { "GET", "/health/live", HttpStatusCode.OK },
        { "GET", "/api/v1/search?q=x", HttpStatusCode.OK },
        { "GET", "/errors/500", HttpStatusCode.InternalServerError },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_kind_of_answer_carries_every_header(string method, string path, HttpStatusCode status)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = demo.Address };
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation);
        answer.StatusCode.ShouldBe(status);
        ShouldBeHardened(answer, path);
    }

    [Fact]
    public async Task Files_of_the_theme_and_answers_that_nothing_has_changed_carry_them_too()
    {
        var page = new HtmlParser().ParseDocument(await demo.Client.GetStringAsync("/cop/opdc/2565/เคล็ดที่ไม่ลับ", Cancellation));
        var files = page.QuerySelectorAll("link[rel=stylesheet], script[src], img[src^='/']").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).Distinct().ToList();
        files.Count.ShouldBeGreaterThan(2);
        foreach (var file in files)
        {
            using var answer = await demo.Client.GetAsync(file, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
            ShouldBeHardened(answer, file);
            if (answer.Headers.ETag is not { } tag) continue;
            using var again = await demo.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, file) { Headers = { IfNoneMatch = { tag } } }, Cancellation);
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, file);
            ShouldBeHardened(again, file);
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1.evil.example")]
    public async Task No_other_site_may_read_an_answer(string origin)
    {
        foreach (var path in new[] { "/", "/api/v1/search?q=x", "/feed.atom", "/media/nothing.jpg" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Origin", origin);
            using var answer = await demo.Client.SendAsync(request, Cancellation);
            answer.Headers.Any(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)).ShouldBeFalse(path);
        }
    }

    /// <summary>A shared cache that keeps "style sheets" must not be talked into keeping a member's page under such a name.</summary>
    [Theory]
    [InlineData("/account/x.css")]
    [InlineData("/account;a.js")]
    [InlineData("/manage/a.png")]
    [InlineData("/account%2fx.css")]
    [InlineData("/manage/..%2fa.png")]
    [InlineData("/account.css")]
    [InlineData("/account?x.css")]
    [InlineData("/?x.css")]
    public async Task A_members_page_is_in_no_cache_whatever_its_address_looks_like(string path)
    {
        var person = await site.AddAsync(MembersSite.Administrator);
        var browser = await site.SignedInAsync(person);
        var theirs = await browser.GetAsync(path);
        theirs.Headers.CacheControl?.NoStore.ShouldBe(true, path);
        var reader = await site.Browse().GetAsync(path);
        (await reader.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain(person.UserName, Case.Insensitive, path);
    }

    [Fact]
    public async Task Reading_changes_nothing()
    {
        var browser = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        var routes = site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && !e.RoutePattern.Parameters.Any())
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
        routes.Count.ShouldBeGreaterThan(20);
        var before = await ContentsAsync();
        foreach (var route in routes) await browser.GetAsync(route);
        (await ContentsAsync()).ShouldBe(before);
    }

    private static void ShouldBeHardened(HttpResponseMessage answer, string path)
    {
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        var policy = Header("Content-Security-Policy");
        if (policy != "default-src 'none'; sandbox") // what people have uploaded may do nothing at all
        foreach (var rule in new[] { "default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'" })
            policy.Split("; ").ShouldContain(rule, path);
        policy.ShouldNotContain("unsafe", Case.Insensitive, path);
        Header("X-Content-Type-Options").ShouldBe("nosniff", path);
        Header("Referrer-Policy").ShouldBe("strict-origin-when-cross-origin", path);
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin", path);
        Header("Server").ShouldBe("", path);
        Header("X-Powered-By").ShouldBe("", path);
        if (answer.Content.Headers.ContentType is { } type && (type.MediaType!.StartsWith("text/", StringComparison.Ordinal) || type.MediaType.EndsWith("json", StringComparison.Ordinal)))
            (type.CharSet ?? "utf-8").ToLowerInvariant().ShouldBe("utf-8", path);
        if (answer.Content.Headers.ContentType is { MediaType: "text/html" or "text/plain" } text) text.CharSet.ShouldBe("utf-8", path);
    }

    private async Task<string> ContentsAsync()
    {
        var database = site.Services.GetRequiredService<Database>();
        var tables = await database.QueryAsync<string>(TestDatabase.TableNames);
        var contents = new List<string>();
        foreach (var table in tables.Except(WrittenByReading))
            contents.AddRange((await database.QueryAsync<dynamic>($"select * from {table}")).Select(row => table + string.Join('|', (IEnumerable<KeyValuePair<string, object>>)row)));
        return string.Join('\n', contents.Order(StringComparer.Ordinal));
    }
}
