using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class PageCacheTests(EditorSite site)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_without_a_cookie_gets_a_kept_page()
    {
        var path = "/practices/epam?kept=1";
        (await GetAsync(path)).Headers.Age.ShouldBeNull();
        var kept = await KeptAsync(path);
        kept.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        (await kept.Content.ReadAsStringAsync(Cancellation)).ShouldContain("<h1");
    }

    [Theory]
    [InlineData("Cookie", "theme=dark")]
    [InlineData("Authorization", "Bearer x")]
    [InlineData(EditorSite.Header, EditorSite.Member)]
    public async Task Whoever_says_who_he_is_gets_a_page_of_his_own(string header, string value)
    {
        await GetAsync("/practices");
        await GetAsync("/practices");
        (await GetAsync("/practices", header, value)).Headers.Age.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_for_a_member_is_kept_nowhere()
    {
        var path = "/about?member=1";
        (await GetAsync(path, EditorSite.Header, EditorSite.Member)).Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await GetAsync(path)).Headers.Age.ShouldBeNull();
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task A_kept_page_comes_in_an_encoding_that_the_reader_accepts(string accepted, string? encoding)
    {
        for (var i = 0; i < 2; i++)
        {
            var page = await GetAsync("/accessibility", "Accept-Encoding", accepted);
            page.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
            page.Headers.Vary.ShouldContain("Accept-Encoding");
        }
    }

    [Fact]
    public async Task What_is_published_is_what_the_next_reader_sees()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await FilledForm.OpenAsync(organizer, "/manage/new/Page");
        var published = await form.Set("TitlePart.Title", "หน้าที่เก็บไว้").Set("Page.Summary", "ฉบับที่หนึ่ง").PressAsync("publish");
        var path = "/" + published.Value("AutoroutePart.Path");
        for (var i = 0; i < 2; i++) (await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation)).ShouldContain("ฉบับที่หนึ่ง");
        await published.Set("Page.Summary", "ฉบับที่สอง").PressAsync("publish");
        (await (await GetAsync(path)).Content.ReadAsStringAsync(Cancellation)).ShouldContain("ฉบับที่สอง");
        await published.SendAsync("withdrawal");
        (await GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_another_process_publishes_is_seen_too()
    {
        var path = "/privacy?other=1";
        await KeptAsync(path);
        await using (var other = TestDatabase.Open(site.Data))
        {
            await using var transaction = await other.BeginAsync(Cancellation);
            await transaction.ExecuteAsync("insert into indexing_tasks (content_item_id, kind, created_utc) values ('4nobody000000000000000000a', 'delete', '')");
            await transaction.CommitAsync();
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience.Long);
        while ((await GetAsync(path)).Headers.Age is not null) patience.Token.ThrowIfCancellationRequested();
    }

    // Other tests publish on this site meanwhile, which makes every kept page old.
    private async Task<HttpResponseMessage> KeptAsync(string path)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience.Long);
        while (true)
        {
            var page = await GetAsync(path);
            if (page.Headers.Age is not null) return page;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? header = null, string? value = null)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        return await client.SendAsync(request, Cancellation);
    }
}
