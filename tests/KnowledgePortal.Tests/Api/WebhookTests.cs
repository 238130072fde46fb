using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Admin;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Api.Webhooks;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>What is told to whom, signed, again and again until it is taken, and never to the own network.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly MovedClock _clock = new();
    private readonly Receiver _receiver = new();
    private PortalHost _host = null!;
    private Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        await SiteTemplates.CopyAsync("setup.recipe.json", _folder.Path);
        _host = Open(["127.0.0.1"]);
        _address = _host.Start();
        await using var transaction = await Get<KnowledgePortal.Cms.Data.Database>().BeginAsync();
        await Get<Accounts>().AddAsync(new NewAccount("admin@agency.example", "ผู้ดูแล", ["Administrator"], Get<Passwords>().Hash(MembersSite.Password)), "account.create", Actor.System, transaction);
        await transaction.CommitAsync();
    }

    [Fact]
    public async Task A_publish_is_told_with_a_signature_that_the_receiver_can_check()
    {
        var secret = await AddAsync(_receiver.Address, ["published", "unpublished", "removed"]);
        var client = await ClientAsync();
        var made = await client.PostAsync("/api/v1/content?publish=true", Page("หน้าแรกที่แจ้ง", "told"));
        made.Status.ShouldBe(201, made.Text);
        (await Get<WebhookRound>().RunAsync()).ShouldBe((1, 0));
        var told = _receiver.Requests.ShouldHaveSingleItem();
        var body = JsonNode.Parse(told.Body)!;
        body["event"]!.ToString().ShouldBe("published");
        body["item"]!["ContentItemId"]!.ToString().ShouldBe(made.Json["ContentItemId"]!.ToString());
        body["item"]!["url"]!.ToString().ShouldEndWith("/told");
        told.Body.ShouldNotContain("@");
        told.Headers["webhook-id"].ShouldBe(body["id"]!.ToString());
        var signature = WebhookSender.Sign(Convert.FromBase64String(secret["whsec_".Length..]), told.Headers["webhook-id"], long.Parse(told.Headers["webhook-timestamp"]), told.Body);
        told.Headers["webhook-signature"].ShouldBe(signature);

        (await client.DeleteAsync(made.Header("Location"), "*")).Status.ShouldBe(204);
        await Get<WebhookRound>().RunAsync();
        _receiver.Events.ShouldBe(["published", "removed", "unpublished"], ignoreOrder: true);
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 0));
        foreach (var file in Directory.GetFiles(_folder.Path, "portal.db*")) Encoding.Latin1.GetString(ReadShared(file)).ShouldNotContain(secret["whsec_".Length..]);
    }

    [Fact]
    public async Task While_mail_is_held_after_a_restore_nobody_is_told()
    {
        await AddAsync(_receiver.Address, ["published"]);
        var client = await ClientAsync();
        await HoldAsync(transaction => MailHold.BeginAsync("restored", _clock.GetUtcNow(), transaction));
        (await client.PostAsync("/api/v1/content?publish=true", Page("ระหว่างพัก", "held"))).Status.ShouldBe(201);
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 0));
        _receiver.Requests.ShouldBeEmpty();
        await HoldAsync(MailHold.EndAsync);
        (await Get<WebhookRound>().RunAsync()).ShouldBe((1, 0));
        _receiver.Events.ShouldBe(["published"]);

        async Task HoldAsync(Func<KnowledgePortal.Cms.Data.DatabaseTransaction, Task> change)
        {
            await using var transaction = await Get<KnowledgePortal.Cms.Data.Database>().BeginAsync();
            await change(transaction);
            await transaction.CommitAsync();
        }
    }

    [Fact]
    public async Task What_waited_while_mail_was_held_may_be_discarded_with_it()
    {
        await AddAsync(_receiver.Address, ["published"]);
        var client = await ClientAsync();
        await using (var transaction = await Get<KnowledgePortal.Cms.Data.Database>().BeginAsync())
        {
            await MailHold.BeginAsync("restored", _clock.GetUtcNow(), transaction);
            await transaction.CommitAsync();
        }
        await client.PostAsync("/api/v1/content?publish=true", Page("แจ้งไปแล้วก่อนกู้คืน", "before"));
        (await Get<HeldSendings>().CountAsync()).ShouldBe(new WaitingSendings(0, 1));
        (await Get<HeldSendings>().ReleaseAsync(isDiscarding: true, Actor.System)).ShouldBe(new WaitingSendings(0, 1));
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 0));
        var hook = (await Get<Webhooks>().AllAsync()).Single();
        (await Get<WebhookQueue>().LatestAsync(hook.WebhookId, 5)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Dead);
        await client.PostAsync("/api/v1/content?publish=true", Page("หลังปล่อย", "after"));
        await Get<WebhookRound>().RunAsync();
        _receiver.Requests.ShouldHaveSingleItem().Body.ShouldContain("หลังปล่อย");
    }

    [Fact]
    public async Task What_is_not_public_is_told_only_to_those_who_hear_all()
    {
        await AddAsync(_receiver.Address, ["published", "unpublished", "removed"]);
        using var trusted = new Receiver();
        await AddAsync(trusted.Address, ["published", "unpublished", "removed"], tellsAll: true);
        using var articles = new Receiver();
        await AddAsync(articles.Address, ["published"], type: "Article");
        var client = await ClientAsync();
        var hidden = Page("ลับ", "hidden");
        hidden["ViewGroupsPart"] = new JsonObject { ["Groups"] = new JsonArray("signed-in") };
        var made = await client.PostAsync("/api/v1/content?publish=true", hidden);
        await client.PostAsync("/api/v1/content", Page("ร่าง", "draft"));
        await Get<WebhookRound>().RunAsync();
        _receiver.Requests.ShouldBeEmpty();
        trusted.Events.ShouldBe(["published"]);
        var opened = await client.PatchAsync(made.Header("Location") + "?publish=true", made.Tag, """{ "ViewGroupsPart": null }""");
        opened.Status.ShouldBe(200, opened.Text);
        var closed = await client.PatchAsync(made.Header("Location") + "?publish=true", opened.Tag, """{ "ViewGroupsPart": { "Groups": ["signed-in"] } }""");
        closed.Status.ShouldBe(200, closed.Text);
        await Get<WebhookRound>().RunAsync();
        _receiver.Events.ShouldBe(["published", "unpublished"], ignoreOrder: true);
        articles.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_lies_in_an_item_that_is_narrowed_is_told_to_have_gone_and_to_be_back()
    {
        await AddAsync(_receiver.Address, ["published", "unpublished", "removed"]);
        using var trusted = new Receiver();
        await AddAsync(trusted.Address, ["published", "unpublished", "removed"], tellsAll: true);
        var client = await ClientAsync();
        var community = await PublishAsync(JsonNode.Parse("""
            { "ContentType": "Community", "TitlePart": { "Title": "ชุมชนที่ปิด" }, "AutoroutePart": { "Path": "cop/closed" }, "Community": { "ShortName": { "Text": "ปิด" } } }
            """)!);
        var session = await PublishAsync(JsonNode.Parse(ContentApiTests.Session("ครั้งในชุมชนที่ปิด").ToJsonString().Replace(DemoItems.MinistryCommunity, community.Json["ContentItemId"]!.ToString()))!);
        await PublishAsync(JsonNode.Parse(ContentApiTests.Session("ครั้งเฉพาะกลุ่ม", "2").ToJsonString().Replace(DemoItems.MinistryCommunity, community.Json["ContentItemId"]!.ToString())
            .Replace("\"CopSession\":{", "\"ViewGroupsPart\":{\"Groups\":[\"signed-in\"]},\"CopSession\":{"))!);
        await Get<WebhookRound>().RunAsync();
        _receiver.Requests.Clear();
        trusted.Requests.Clear();

        var closed = await client.PatchAsync(community.Header("Location") + "?publish=true", community.Tag, """{ "ViewGroupsPart": { "Groups": ["signed-in"] } }""");
        closed.Status.ShouldBe(200, closed.Text);
        (await ToldAsync()).ShouldBe([("unpublished", Id(community)), ("unpublished", Id(session))], ignoreOrder: true);
        trusted.Events.ShouldBe(["published"]);

        var renamed = await client.PatchAsync(community.Header("Location") + "?publish=true", closed.Tag, """{ "TitlePart": { "Title": "ชุมชนที่ยังปิด" } }""");
        (await ToldAsync()).ShouldBeEmpty();

        var opened = await client.PatchAsync(community.Header("Location") + "?publish=true", renamed.Tag, """{ "ViewGroupsPart": null }""");
        opened.Status.ShouldBe(200, opened.Text);
        (await ToldAsync()).ShouldBe([("published", Id(community)), ("published", Id(session))], ignoreOrder: true);

        static string Id(ApiAnswer answer) => answer.Json["ContentItemId"]!.ToString();

        async Task<ApiAnswer> PublishAsync(JsonNode item)
        {
            var made = await client.PostAsync("/api/v1/content?publish=true", item);
            made.Status.ShouldBe(201, made.Text);
            return made;
        }

        async Task<List<(string Event, string Id)>> ToldAsync()
        {
            await Get<WebhookRound>().RunAsync();
            var told = _receiver.Requests.Select(r => JsonNode.Parse(r.Body)!).Select(b => (b["event"]!.ToString(), b["item"]!["ContentItemId"]!.ToString())).ToList();
            _receiver.Requests.Clear();
            return told;
        }
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_for_a_day_and_then_no_more()
    {
        await AddAsync(_receiver.Address, ["published"]);
        _receiver.Status = 500;
        await (await ClientAsync()).PostAsync("/api/v1/content?publish=true", Page("ปลายทางล่ม", "down"));
        var attempts = 0;
        for (var hour = 0; hour < 30; hour++)
        {
            attempts += (await Get<WebhookRound>().RunAsync()).Failed;
            _clock.Advance(TimeSpan.FromHours(1));
        }
        attempts.ShouldBeInRange(5, 15);
        _receiver.Requests.Select(r => r.Headers["webhook-id"]).Distinct().ShouldHaveSingleItem();
        var hook = (await Get<Webhooks>().AllAsync()).Single();
        (await Get<WebhookQueue>().LatestAsync(hook.WebhookId, 5)).ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Dead);
        _receiver.Status = 200;
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Who_fails_again_and_again_is_paused_until_an_administrator_opens_it()
    {
        await AddAsync(_receiver.Address, ["published"]);
        _receiver.Status = 404;
        var client = await ClientAsync();
        for (var i = 0; i < 21; i++) await client.PostAsync("/api/v1/content?publish=true", Page($"หน้า {i}", $"p{i}"));
        await Get<WebhookRound>().RunAsync();
        var hook = (await Get<Webhooks>().AllAsync()).Single();
        hook.IsPaused.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 0));
        _receiver.Status = 200;
        var browser = await AdministratorAsync();
        (await browser.SubmitAsync("/admin/webhooks", $"/admin/webhooks/{hook.WebhookId}/resume")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Get<WebhookRound>().RunAsync()).Sent.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task An_administrator_adds_an_address_tests_it_and_sees_the_answer()
    {
        var browser = await AdministratorAsync();
        foreach (var (address, events) in new[] { ("", "published"), ("ftp://example.org", "published"), ("https://user:pass@example.org/", "published"), ("http://10.0.0.1/", "published"), ("http://[::1]/", "published"), ("https://example.org/", "everything") })
            (await browser.SubmitAsync("/admin/webhooks", "/admin/webhooks", ("Address", address), ("Events", events))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, address);
        var page = await MemberBrowser.ReadAsync(await browser.SubmitAsync("/admin/webhooks", "/admin/webhooks", ("Address", _receiver.Address), ("Events", "published")));
        var secret = page.QuerySelector("#secret")!.TextContent;
        secret.ShouldStartWith("whsec_");
        (await browser.PageAsync("/admin/webhooks")).Body!.InnerHtml.ShouldNotContain(secret);
        _receiver.Answer = "<b>รับแล้ว</b>" + new string('x', 200_000);
        var hook = (await Get<Webhooks>().AllAsync()).Single();
        (await browser.SubmitAsync("/admin/webhooks", $"/admin/webhooks/{hook.WebhookId}/test")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var after = await browser.PageAsync("/admin/webhooks");
        after.QuerySelector("td[data-label='ผล']")!.TextContent.ShouldContain("<b>รับแล้ว</b>");
        _receiver.Events.ShouldBe(["test"]);
        (await browser.SubmitAsync("/admin/webhooks", $"/admin/webhooks/{hook.WebhookId}/removal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Get<Webhooks>().AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_in_the_own_network_is_ever_asked()
    {
        await using var strict = Open([]);
        strict.Start();
        var sender = strict.Services.GetRequiredService<WebhookSender>();
        var port = new Uri(_receiver.Address).Port;
        var delivery = new WebhookDelivery { DeliveryId = "x", Body = "{}" };
        foreach (var host in new[]
        {
            "127.0.0.1", "127.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "0", "0.0.0.0", "localhost", "LOCALHOST", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]",
            "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "[fe80::1]", "[fc00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "224.0.0.1", "255.255.255.255", "１２７.０.０.１", "ⓛocalhost",
        })
        {
            var answer = await sender.SendAsync($"http://{host}:{port}/hook", [1], delivery, DateTimeOffset.UnixEpoch, CancellationToken.None);
            answer.Status.ShouldBeNull(host);
        }
        foreach (var address in new[] { "gopher://127.0.0.1/", "file:///etc/passwd", $"http://example.org@127.0.0.1:{port}/", "//127.0.0.1", "http:///x", $"http://127.0.0.1:{port}#@example.org/" })
            (await sender.SendAsync(address, [1], delivery, DateTimeOffset.UnixEpoch, CancellationToken.None)).Status.ShouldBeNull(address);
        _receiver.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("203.150.1.1", true)]
    [InlineData("2404:6800::1", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::10.0.0.1", false)]
    [InlineData("fec0::1", false)]
    public void Only_the_open_internet_is_open(string address, bool isOpen) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(isOpen);

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var inside = new Receiver();
        _receiver.Status = 302;
        _receiver.Location = inside.Address;
        await AddAsync(_receiver.Address, ["published"]);
        await (await ClientAsync()).PostAsync("/api/v1/content?publish=true", Page("พาไปที่อื่น", "elsewhere"));
        (await Get<WebhookRound>().RunAsync()).ShouldBe((0, 1));
        inside.Requests.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _receiver.Dispose();
        _folder.Dispose();
    }

    private PortalHost Open(string[] hosts) => new(_folder.Path, configure: services => services.AddSingleton<TimeProvider>(_clock)
        .AddSingleton(provider => PortalSettings.Read(provider.GetRequiredService<IConfiguration>()) with { WebhookHosts = hosts }));

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    private static JsonObject Page(string title, string path) =>
        new() { ["ContentType"] = "Page", ["TitlePart"] = new JsonObject { ["Title"] = title }, ["AutoroutePart"] = new JsonObject { ["Path"] = path } };

    private Task<string> AddAsync(string address, string[] events, bool tellsAll = false, string? type = null) =>
        Get<Webhooks>().AddAsync(address, events, type is null ? [] : [type], tellsAll, new Actor("admin@agency.example"));

    private async Task<ApiClient> ClientAsync()
    {
        var account = (await Get<Accounts>().FindByNameAsync("admin@agency.example"))!;
        await using var transaction = await Get<KnowledgePortal.Cms.Data.Database>().BeginAsync();
        var (_, key) = await Get<ApiKeys>().AddAsync(account, new NewApiKey("ทดสอบ", ApiSite.AllScopes, [], null), new Actor(account.UserName), transaction);
        await transaction.CommitAsync();
        return new ApiClient(_address, key);
    }

    private async Task<MemberBrowser> AdministratorAsync()
    {
        var browser = new MemberBrowser(_address, "203.0.113.5");
        await browser.SignInAsync("admin@agency.example");
        return browser;
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
