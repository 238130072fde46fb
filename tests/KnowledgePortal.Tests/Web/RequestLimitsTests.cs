using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Cli;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class RequestLimitsTests(DemoSite demo)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", "400")]
    [InlineData("127.0.0.1.evil.example", "400")]
    [InlineData("localhost", "200")]
    public async Task The_site_answers_only_for_its_own_hosts(string host, string status) =>
        (await AskAsync($"GET /about HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).ShouldStartWith($"HTTP/1.1 {status}");

    [Fact]
    public async Task A_forged_host_is_not_in_any_link() =>
        (await AskAsync("GET /feed.atom HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n")).ShouldNotContain("evil.example");

    [Theory]
    [InlineData("TRACE /about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "405")]
    [InlineData("GET /.git/config HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "404")]
    [InlineData("GET /appsettings.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "404")]
    [InlineData("GET /App_Data/portal.db HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "404")]
    public async Task What_a_scanner_tries_first_is_not_there(string request, string status) => (await AskAsync(request)).ShouldStartWith($"HTTP/1.1 {status}");

    [Fact]
    public async Task A_request_with_too_many_headers_or_too_long_a_line_is_refused()
    {
        var headers = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-H{i}: 1\r\n"));
        (await AskAsync($"GET /about HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await AskAsync($"GET /about?{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
    }

    [Fact]
    public async Task Every_kind_of_answer_carries_the_headers_that_browsers_heed()
    {
        foreach (var path in new[] { "/", "/nothing", "/search?q=x", "/health/live", "/feed.atom", "/api/v1/search?q=x", "/login" })
        {
            var answer = await demo.Client.GetAsync(path, Cancellation);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe", Case.Sensitive, path);
            answer.Headers.Contains("Referrer-Policy").ShouldBeTrue(path);
            answer.Headers.Contains("Server").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task A_site_on_https_tells_browsers_to_stay_there()
    {
        using var folder = new ScratchFolder();
        await using var host = new PortalHost(folder.Path, "https://portal.example.go.th");
        host.Start();
        (await host.CreateClient().GetAsync("/health/live", Cancellation)).Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"]);
        (await demo.Client.GetAsync("/health/live", Cancellation)).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_searches_without_a_pause_is_asked_to_wait_and_others_are_not()
    {
        using var folder = new ScratchFolder();
        await using (var offline = Offline.Site(folder.Path)) (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), offline)).ShouldBe(Verbs.Done);
        await using var host = new PortalHost(folder.Path, configure: services => services.AddSingleton(Offline.Settings(folder.Path) with { SearchesPerSecond = 1 }));
        host.Start();
        var client = host.CreateClient();
        var answer = await UntilRefusedAsync(() => client.GetAsync("/search?q=x", Cancellation), HttpStatusCode.OK);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await client.GetAsync("/health/live", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_sends_without_a_pause_is_asked_to_wait_in_words_and_still_reads()
    {
        using var folder = new ScratchFolder();
        await using (var offline = Offline.Site(folder.Path)) (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), offline)).ShouldBe(Verbs.Done);
        await using var host = new PortalHost(folder.Path, configure: services => services.AddSingleton(Offline.Settings(folder.Path) with { ChangesPerSecond = 1 }));
        host.Start();
        var client = host.CreateClient();
        var answer = await UntilRefusedAsync(
            () => client.PostAsync("/subscribe", new FormUrlEncodedContent([new("Email", "x@agency.example")]), Cancellation), HttpStatusCode.BadRequest);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("มีคำขอถี่เกินไป");
        (await client.GetAsync("/subscribe", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/unsubscribe/unknown", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "mail services stop subscriptions of many people from one address");
    }

    // Ten at once, and one for each second that passed meanwhile: however slow the machine is, no more.
    private static async Task<HttpResponseMessage> UntilRefusedAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode usual)
    {
        var watch = Stopwatch.StartNew();
        for (var taken = 0; ; taken++)
        {
            var answer = await ask();
            if (answer.StatusCode != usual)
            {
                taken.ShouldBeGreaterThanOrEqualTo(10);
                return answer;
            }
            taken.ShouldBeLessThanOrEqualTo(10 + (int)watch.Elapsed.TotalSeconds + 1);
        }
    }

    private async Task<string> AskAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(demo.Address.Host, demo.Address.Port, Cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(stream);
        var head = new char[8192];
        var read = await reader.ReadBlockAsync(head, Cancellation);
        return new string(head, 0, read);
    }
}
