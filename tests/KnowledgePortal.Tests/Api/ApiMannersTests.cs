using System.Globalization;
using System.Text;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>What holds at every address: refusals, limits, headers.</summary>
public sealed class ApiMannersTests(ApiSite site)
{
    private const string Content = "/api/v1/content";

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    [InlineData("DELETE", "/api/v1/types", 405)]
    [InlineData("POST", "/api/v1/search", 405)]
    [InlineData("GET", "/api/v1/content/x/publication", 405)]
    [InlineData("PUT", "/api/v1/content", 405)]
    public async Task A_refusal_is_a_problem_in_json(string method, string path, int status)
    {
        var answer = await (await site.AsAsync(DemoSite.Organizer)).SendAsync(method, path, null);
        answer.Status.ShouldBe(status, answer.Text);
        answer.Header("Content-Type").ShouldBe("application/problem+json; charset=utf-8");
        answer.Json["status"]!.GetValue<int>().ShouldBe(status);
        answer.Json["type"]!.ToString().ShouldStartWith("/problems/");
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        if (status == 405) answer.Header("Allow").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_is_not_known_changes_nothing()
    {
        foreach (var (method, path) in new[] { ("POST", Content), ("PUT", $"{Content}/x"), ("PATCH", $"{Content}/x"), ("DELETE", $"{Content}/x"), ("POST", $"{Content}/x/publication"), ("DELETE", $"{Content}/x/publication") })
            (await site.Anybody().SendAsync(method, path, "{}")).Kind.ShouldBe("/problems/unauthenticated", $"{method} {path}");
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("image/*", 406)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/*", 200)]
    [InlineData("application/problem+json", 200)]
    public async Task The_answer_is_json_or_nothing(string accept, int status) =>
        (await site.Anybody().GetAsync("/api/v1/types", ("Accept", accept))).Status.ShouldBe(status);

    public static TheoryData<string, string> Broken() => new()
    {
        { "not json", "ContentType=x" }, { "nothing", "" }, { "an array", "[]" }, { "a name twice", """{"ContentType":"CopSession","ContentType":"Page"}""" },
        { "a name twice, deep", """{"TitlePart":{"Title":"a","Title":"b"}}""" }, { "1e999", """{"CopSession":{"SeriesNo":{"Value":1e999}}}""" },
        { "half a character", """{"TitlePart":{"Title":"\ud800"}}""" }, { "half a character as a name", """{"\udc00":{}}""" }, { "a NUL", """{"TitlePart":{"Title":"a\u0000b"}}""" },
        { "too deep", string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40) }, { "a comment", "{ /* a */ }" }, { "a trailing comma", """{"a":{},}""" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Json_that_two_readers_may_read_in_two_ways_is_refused(string what, string body)
    {
        var answer = await (await site.AsAsync(DemoSite.Organizer)).SendAsync("POST", Content, body);
        answer.Status.ShouldBe(400, $"{what} {answer.Text}");
        answer.Kind.ShouldBe("/problems/malformed");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_a_body_too_large_and_other_media_types_are_refused()
    {
        var key = await site.KeyAsync(DemoSite.Organizer, new("ไบต์", ApiSite.AllScopes, [], null));
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + key);
        async Task<int> PostAsync(byte[] bytes, string? type)
        {
            var content = new ByteArrayContent(bytes);
            if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
            return (int)(await client.PostAsync(Content, content)).StatusCode;
        }
        (await PostAsync([.. "{\"a\":{\"b\":\""u8, 0xC3, 0x28, .. "\"}}"u8], "application/json")).ShouldBe(400);
        (await PostAsync(Encoding.UTF8.GetBytes($"{{\"a\":{{\"b\":\"{new string('x', 1024 * 1024)}\"}}}}"), "application/json")).ShouldBe(413);
        foreach (var type in new[] { null, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=tis-620", "application/merge-patch+json" })
            (await PostAsync("{}"u8.ToArray(), type)).ShouldBe(415, type);
        (await (await site.AsAsync(DemoSite.Organizer)).SendAsync("PATCH", $"{Content}/{DemoItems.Session4Of2563}", "{}", [("If-Match", "*")])).Header("Accept-Patch").ShouldBe("application/merge-patch+json");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    public async Task No_other_site_reads_an_answer(string origin)
    {
        foreach (var path in new[] { "/api/v1/types", "/api/v1/session", $"{Content}/{DemoItems.Session4Of2563}" })
        {
            var answer = await site.Anybody().GetAsync(path, ("Origin", origin));
            answer.Response.Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            answer.Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
            (await site.Anybody().SendAsync("OPTIONS", path, null, [("Origin", origin), ("Access-Control-Request-Method", "PUT")])).Response.Headers
                .ShouldNotContain(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        using var folder = new ScratchFolder();
        await SiteTemplates.CopyAsync("setup.recipe.json", folder.Path);
        await using var host = new PortalHost(folder.Path, configure: services => services.AddSingleton(provider => PortalSettings.Read(provider.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()) with { ApiReadsPerMinute = 5, ApiWritesPerMinute = 1 }));
        var address = host.Start();
        var client = new ApiClient(address, null);
        for (var left = 4; left >= 0; left--)
        {
            var answer = await client.GetAsync("/api/v1/types");
            answer.Status.ShouldBe(200);
            answer.Header("RateLimit-Policy").ShouldBe("\"reads\";q=5;w=60");
            answer.Header("RateLimit").ShouldStartWith($"\"reads\";r={left};t=");
        }
        var refused = await client.GetAsync("/api/v1/types");
        refused.Kind.ShouldBe("/problems/too-many");
        int.Parse(refused.Header("Retry-After"), CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await client.GetAsync("/api/v1/types", ("X-Forwarded-For", "198.51.100.5"))).Status.ShouldBe(200);
        (await client.GetAsync("/api/v1/search?q=x")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_empty_site_says_so_in_json()
    {
        using var folder = new ScratchFolder();
        await using var host = new PortalHost(folder.Path);
        var answer = await new ApiClient(host.Start(), null).GetAsync("/api/v1/types");
        answer.Kind.ShouldBe("/problems/unavailable");
        answer.Status.ShouldBe(503);
    }
}
