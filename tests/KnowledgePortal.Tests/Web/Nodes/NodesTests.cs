using System.Net;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>What a reader, an organizer and an administrator see of a site that two nodes serve: one site.</summary>
public sealed class NodesTests(TwoNodes nodes) : IClassFixture<TwoNodes>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "nodes share a PostgreSQL database");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Who_signs_in_on_one_is_signed_in_on_the_other_and_signs_out_of_both()
    {
        var cookies = new CookieContainer();
        var (first, second) = (new MemberBrowser(nodes.First.Address, "203.0.113.1", cookies), new MemberBrowser(nodes.Second.Address, "203.0.113.1", cookies));
        await first.SignInAsync(DemoSite.Organizer, DemoSite.Password);
        (await second.IsSignedInAsync()).ShouldBeTrue();

        // A form of one node, with its antiforgery token, is taken by the other.
        var here = nodes.Second.Client(cookies);
        var token = (await MemberBrowser.ReadAsync(await nodes.First.Client(cookies).GetAsync("/account"))).QuerySelector("input[name='__form']")!.GetAttribute("value")!;
        (await here.PostAsync("/logout", new FormUrlEncodedContent([new(FilledForm.Token, "forged")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var copy = first.Copy();
        (await here.PostAsync("/logout", new FormUrlEncodedContent([new(FilledForm.Token, token)]))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await copy.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_disabled_on_one_is_out_on_the_other()
    {
        var member = new MemberBrowser(nodes.Second.Address, "203.0.113.2");
        await member.SignInAsync(DemoSite.Member, DemoSite.Password);
        await using (var transaction = await nodes.Database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await transaction.ExecuteAsync("update accounts set is_enabled = 0 where user_name = @Member", new { DemoSite.Member });
            await transaction.CommitAsync();
        }
        (await member.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_published_changed_withdrawn_or_removed_on_one_is_so_on_the_other_and_both_indexes_end_equal()
    {
        var cookies = await SignedInAsync(DemoSite.Administrator);
        var (here, there) = (nodes.First, nodes.Second);
        var form = await FilledForm.OpenAsync(here.Client(cookies), "/manage/new/Page");
        var published = await form.Set("TitlePart.Title", "จตุรทิศสองเครื่อง").Set("Page.Summary", "ฉบับที่หนึ่ง").PressAsync("publish");
        var path = "/" + published.Value("AutoroutePart.Path");
        await Patience.UntilAsync("the page is on the other node", async () => (await there.Client().GetAsync(path)).StatusCode == HttpStatusCode.OK);
        await Patience.UntilAsync("the other node finds it", () => there.FindsAsync("จตุรทิศสองเครื่อง"));
        for (var i = 0; i < 2; i++) await there.ReadAsync(path); // kept there now

        await published.Set("Page.Summary", "ฉบับที่สอง").PressAsync("publish");
        await Patience.UntilAsync("the kept page is given up", async () => (await there.ReadAsync(path)).Contains("ฉบับที่สอง", StringComparison.Ordinal));

        (await published.SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await Patience.UntilAsync("it is gone from the other node", async () => (await there.Client().GetAsync(path)).StatusCode == HttpStatusCode.NotFound);
        await Patience.UntilAsync("the other node finds it no more", async () => !await there.FindsAsync("จตุรทิศสองเครื่อง"));

        // Back and forth on both at once.
        for (var i = 0; i < 4; i++)
        {
            var one = await (await FilledForm.OpenAsync(here.Client(cookies), "/manage/new/Page")).Set("TitlePart.Title", $"สลับเครื่อง {i}").PressAsync("publish");
            var other = await FilledForm.OpenAsync(there.Client(cookies), $"/manage/items/{one.Id}");
            await (i % 2 == 0 ? other.Set("TitlePart.Title", $"สลับแล้ว {i}").PressAsync("publish") : Removed(other));
        }
        await CaughtUpAsync();
        here.Index().ShouldBe(there.Index(), ignoreOrder: true);
        here.Index().Values.Count(v => v.Contains("สลับแล้ว", StringComparison.Ordinal)).ShouldBe(2);

        static async Task<FilledForm> Removed(FilledForm item)
        {
            await item.SendAsync("removal");
            return item;
        }
    }

    [Fact]
    public async Task A_term_that_is_renamed_has_its_new_name_on_both()
    {
        foreach (var node in new[] { nodes.First, nodes.Second }) (await node.ReadAsync("/topics/health")).ShouldNotContain("สุขภาวะสองเครื่อง");
        await using var verb = Offline.Site(nodes.First.Data);
        var id = (await nodes.Database.FirstAsync<string>("select taxonomy_item_id from term_index where taxonomy = 'topics' limit 1"))!;
        var contents = verb.GetRequiredService<ContentManager>();
        var taxonomy = (await contents.GetAsync(id))!;
        taxonomy.Parts["TaxonomyPart"]!["Terms"]!.AsArray().Single(t => t!["AutoroutePart"]!["Path"]!.ToString().EndsWith("health", StringComparison.Ordinal))!["DisplayText"] = "สุขภาวะสองเครื่อง";
        taxonomy.ContentItemVersionId = ContentIds.New();
        await using (var transaction = await nodes.Database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await contents.ImportAsync(taxonomy, transaction);
            await transaction.CommitAsync();
        }
        foreach (var node in new[] { nodes.First, nodes.Second })
            await Patience.UntilAsync("the topic has its new name", async () => (await node.ReadAsync("/topics/health")).Contains("สุขภาวะสองเครื่อง", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_role_may_no_longer_see_is_nowhere_on_the_other_node()
    {
        var path = (await nodes.Database.FirstAsync<string>("select path from autoroute_index where content_type = 'BestPractice' order by path limit 1"))!;
        (await nodes.Second.Client().GetAsync("/" + path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = (await nodes.Database.FirstAsync<string>("select document from site_settings where name = 'role:Anonymous'"));
        try
        {
            await GrantAsync("""{"Name":"Anonymous","Permissions":["View_CopSession"]}""");
            await Patience.UntilAsync($"the practice {path} is gone on both", async () =>
                (await nodes.First.Client().GetAsync("/" + path)).StatusCode != HttpStatusCode.OK && (await nodes.Second.Client().GetAsync("/" + path)).StatusCode != HttpStatusCode.OK);
        }
        finally
        {
            await GrantAsync(before ?? """{"Name":"Anonymous","Permissions":["ViewContent"]}""");
        }
        await Patience.UntilAsync("it is back", async () => (await nodes.Second.Client().GetAsync("/" + path)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_that_is_uploaded_to_one_is_served_by_the_other()
    {
        var cookies = await SignedInAsync(DemoSite.Organizer);
        var page = await MemberBrowser.ReadAsync(await nodes.First.Client(cookies).GetAsync("/manage/new/Recording"));
        var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("input[name='__form']")!.GetAttribute("value")!), FilledForm.Token },
            { new ByteArrayContent("WEBVTT\n\n00:01.000 --> 00:04.000\nสองเครื่อง\n"u8.ToArray()), "file", "คำบรรยาย.vtt" },
        };
        var answer = await nodes.First.Client(cookies).PostAsync("/manage/media", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var path = (await nodes.Database.FirstAsync<string>("select media_path from media_files where file_name like '%.vtt' order by uploaded_utc desc limit 1"))!;
        (await nodes.Second.Client(cookies).GetStringAsync("/media/" + path, TestContext.Current.CancellationToken)).ShouldContain("สองเครื่อง");
    }

    [Fact]
    public async Task The_state_of_both_is_on_the_administrators_page_and_health_names_the_database()
    {
        var cookies = await SignedInAsync(DemoSite.Administrator);
        await Patience.UntilAsync("both are in the list", async () => await nodes.Database.FirstAsync<long>("select count(*) from nodes") == 2);
        var page = await nodes.First.Client(cookies).GetStringAsync("/admin", TestContext.Current.CancellationToken);
        page.ShouldContain(nodes.First.Data);
        page.ShouldContain(nodes.Second.Data);
        await CaughtUpAsync();
        (await nodes.Second.ReadAsync("/health/ready")).ShouldBe("ready, PostgreSQL");
    }

    private async Task<CookieContainer> SignedInAsync(string email)
    {
        var cookies = new CookieContainer();
        await new MemberBrowser(nodes.First.Address, "203.0.113.3", cookies).SignInAsync(email, DemoSite.Password);
        return cookies;
    }

    private Task CaughtUpAsync() => Patience.UntilAsync("both indexes have caught up", async () =>
        await nodes.Database.FirstAsync<long>("select count(*) from search_cursors where cursor = (select max(id) from indexing_tasks)") >= 2);

    private async Task GrantAsync(string role)
    {
        await using var transaction = await nodes.Database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into site_settings (name, document) values ('role:Anonymous', @role) on conflict (name) do update set document = excluded.document", new { role });
        await transaction.CommitAsync();
    }
}
