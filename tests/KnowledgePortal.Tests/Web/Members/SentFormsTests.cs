using System.Net;
using System.Text;
using KnowledgePortal.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>What is sent to the site: by whom a request was made, and that nothing in it breaks a form.</summary>
public sealed class SentFormsTests(MembersSite site) : IClassFixture<MembersSite>
{
    /// <summary>A mail program leaves a list by one POST (RFC 8058); it can have no token but the one in the address.</summary>
    private static readonly string[] WithoutToken = ["/unsubscribe/{token}"];

    [Fact]
    public async Task No_form_is_taken_without_its_token_or_with_somebody_elses()
    {
        var account = await site.AddAsync(MembersSite.Administrator);
        var browser = await site.SignedInAsync(account);
        var foreign = (await site.Browse().PageAsync("/login")).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        var before = await CountRowsAsync();
        var routes = site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Except(["GET", "HEAD", "OPTIONS"])
                .Select(method => (Method: method, Path: "/" + e.RoutePattern.RawText!.TrimStart('/').Replace("{accountId}", account.AccountId))))
            .Distinct().Where(r => !WithoutToken.Contains(r.Path)).ToList();
        routes.Count.ShouldBeGreaterThan(50);
        foreach (var (method, path) in routes)
        {
            // The API tells apart who nobody is (401) and whose request another page may have sent (403).
            HttpStatusCode[] refusals = path.StartsWith("/api/", StringComparison.Ordinal) ? [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed] : [HttpStatusCode.BadRequest];
            async Task ShouldBeRefused(MemberBrowser sender, HttpContent content) =>
                refusals.ShouldContain((await sender.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content })).StatusCode, $"{method} {path}");
            FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
            await ShouldBeRefused(site.Browse(), Form());
            await ShouldBeRefused(browser, Form(("DisplayName", "x"), ("Email", "x@agency.example")));
            await ShouldBeRefused(browser, Form(("__form", foreign)));
            await ShouldBeRefused(browser, Form(("__form", "forged")));
            await ShouldBeRefused(browser, new StringContent("{\"DisplayName\":\"x\"}", Encoding.UTF8, "text/plain"));
        }
        (await CountRowsAsync()).ShouldBe(before);
        var page = await MemberBrowser.ReadAsync(await browser.PostAsync("/account/name", ("DisplayName", "x")));
        page.QuerySelector("h1")!.TextContent.ShouldBe("ส่งแบบฟอร์มไม่สำเร็จ");
    }

    public static TheoryData<string> Nasty =>
        ["", " ", "\r\nBcc: everybody@agency.example", "\0", "\u001b[31m", new string('a', 10_000), new string('ก', 10_000), "ชื่อไทย", "'; drop table accounts; --", "\uFFFD", "a@b", "a@b.c\r\nx", "<script>", "%00%0d%0a", "🙂🙂🙂🙂🙂🙂🙂🙂"];

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Nothing_that_is_typed_breaks_a_form(string text)
    {
        var account = await site.AddAsync(MembersSite.Administrator);
        var browser = await site.SignedInAsync(account);
        HttpResponseMessage[] answers =
        [
            await site.Browse("192.0.2.90").SubmitAsync("/login", "/login", ("Email", text), ("Password", text), ("returnUrl", text)),
            await site.Browse("192.0.2.90").SubmitAsync("/login", "/login", ("Email", "nasty@agency.example"), ("Password", text + "xxxxxxxx")),
            await site.Browse("192.0.2.90").SubmitAsync("/forgot-password", "/forgot-password", ("Email", text)),
            await site.Browse().GetAsync("/reset-password?token=" + Uri.EscapeDataString(text)),
            await browser.SubmitAsync("/account", "/account/password", ("CurrentPassword", text), ("NewPassword", text), ("Repeated", text)),
            await browser.SubmitAsync("/account", "/account/name", ("DisplayName", text)),
            await browser.SubmitAsync("/admin/people", "/admin/people", ("Email", text), ("DisplayName", text), ("Roles", text)),
            await browser.SubmitAsync($"/admin/people/{account.AccountId}", $"/admin/people/{account.AccountId}/roles", ("Names", text)),
            await browser.GetAsync("/admin/people?page=999&q=" + Uri.EscapeDataString(text)),
            await browser.GetAsync("/admin/people/" + Uri.EscapeDataString(text + "x")),
        ];
        answers.Select(a => (int)a.StatusCode).ShouldAllBe(status => status < 500);
        (await site.ReadAsync(account))!.Roles.ShouldBe([MembersSite.Administrator]);
        (await site.ReadAsync(account))!.DisplayName.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_form_that_is_sent_as_broken_bytes_is_refused()
    {
        foreach (var body in new[] { "Email=%ff%fe%80&Password=%c3%28", "Email=%ed%a0%80@a.example&Password=%ed%a0%80aaaaaaaa", "=&=&&&", "Email[0]=a&Email.b=c" })
        {
            var browser = site.Browse("192.0.2.91");
            var token = (await browser.PageAsync("/login")).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
            var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = new StringContent($"__form={token}&{body}", Encoding.ASCII, "application/x-www-form-urlencoded") };
            (await browser.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, body);
        }
    }

    private async Task<string> CountRowsAsync() => (await site.Database.FirstAsync<string>(
        """
        select (select count(*) from accounts) || ' ' || (select count(*) from account_sessions) || ' ' || (select group_concat(display_name, ',') from accounts)
          || ' ' || (select count(*) from account_tokens) || ' ' || (select count(*) from audit_events)
        """))!;
}
