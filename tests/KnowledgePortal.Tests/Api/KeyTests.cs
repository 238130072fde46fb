using System.Net;
using System.Text;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>Keys: made by their owner, stored as a hash, ended by owner or administrator; sessions with the token of their forms.</summary>
public sealed class KeyTests(ApiSite site)
{
    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        var browser = site.Browse();
        await browser.SignInAsync(DemoSite.Member, DemoSite.Password);
        var made = await browser.SubmitAsync("/account/keys", "/account/keys", ("Name", "เว็บไซต์จังหวัด"), ("Scopes", "read"), ("Scopes", "write"), ("Days", "30"), ("CurrentPassword", DemoSite.Password));
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var key = (await MemberBrowser.ReadAsync(made)).QuerySelector("#secret")!.TextContent;
        key.ShouldStartWith(ApiKeys.Prefix);
        var page = await browser.PageAsync("/account/keys");
        page.Body!.TextContent.ShouldContain("เว็บไซต์จังหวัด");
        page.Body.InnerHtml.ShouldNotContain(key);
        (await site.Database.QueryAsync<string>("select key_hash from api_keys")).ShouldContain(Secrets.Hash(key));
        foreach (var file in Directory.GetFiles(site.Data, "portal.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(key);
        }

        var program = site.With(key);
        var session = (await program.GetAsync("/api/v1/session")).Json;
        session["by"]!.ToString().ShouldBe("key");
        session["scopes"]!.ToJsonString().ShouldBe("""["read","write"]""");
        var row = (await browser.PageAsync("/account/keys")).QuerySelectorAll("tr").Single(r => r.TextContent.Contains("เว็บไซต์จังหวัด", StringComparison.Ordinal));
        row.QuerySelector("td[data-label='ใช้ล่าสุด']")!.TextContent.ShouldNotContain("ยังไม่เคย");

        var form = row.QuerySelector("form")!.GetAttribute("action")!;
        (await browser.SubmitAsync("/account/keys", form)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await program.GetAsync("/api/v1/session")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_form_without_a_name_a_scope_or_a_known_lifetime_makes_no_key()
    {
        var browser = site.Browse();
        await browser.SignInAsync(DemoSite.Member, DemoSite.Password);
        foreach (var fields in new (string, string)[][]
        {
            [("Name", ""), ("Scopes", "read"), ("Days", "30")], [("Name", "ก"), ("Days", "30")], [("Name", "ก"), ("Scopes", "admin"), ("Days", "30")],
            [("Name", "ก"), ("Scopes", "read"), ("Days", "99999")], [("Name", "ก"), ("Scopes", "read"), ("Types", "Article"), ("Days", "30")],
        })
            (await browser.SubmitAsync("/account/keys", "/account/keys", [.. fields, ("CurrentPassword", DemoSite.Password)])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await site.Browse().GetAsync("/account/keys")).ShouldAskToSignIn();
    }

    [Fact]
    public async Task A_session_alone_makes_no_key_and_guesses_of_the_password_end()
    {
        var accounts = site.Services.GetRequiredService<Accounts>();
        var name = $"guessed{Guid.NewGuid():N}@agency.example";
        await using (var transaction = await site.Database.BeginAsync())
        {
            await accounts.AddAsync(new NewAccount(name, "ผู้ถูกเดา", ["Organizer"], site.Services.GetRequiredService<Passwords>().Hash(DemoSite.Password)), "account.create", Actor.System, transaction);
            await transaction.CommitAsync();
        }
        var browser = site.Browse();
        await browser.SignInAsync(name, DemoSite.Password);
        (string, string)[] form = [("Name", "เว็บไซต์อำเภอ"), ("Scopes", "write"), ("Types", "Article"), ("Days", "90")];
        (await (await browser.SubmitAsync("/account/keys", "/account/keys", form)).ProblemAsync("CurrentPassword")).ShouldContain("รหัสผ่าน");
        for (var i = 0; i < 10; i++)
        {
            var wrong = await browser.SubmitAsync("/account/keys", "/account/keys", [.. form, ("CurrentPassword", $"guess {i}")]);
            wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            if (i > 0) continue;
            var page = await MemberBrowser.ReadAsync(wrong);
            page.QuerySelector("#field-CurrentPassword-error")!.TextContent.Replace("\u2060", "").ShouldContain("ไม่ถูกต้อง");
            page.QuerySelector("input[name='Name']")!.GetAttribute("value").ShouldBe("เว็บไซต์อำเภอ");
            page.QuerySelectorAll("input:checked").Select(c => c.GetAttribute("value")).ShouldBe(["write", "Article"]);
            page.QuerySelector("option[selected]")!.GetAttribute("value").ShouldBe("90");
            page.Body!.InnerHtml.ShouldNotContain("guess 0");
        }
        (await (await browser.SubmitAsync("/account/keys", "/account/keys", [.. form, ("CurrentPassword", DemoSite.Password)])).ProblemAsync("CurrentPassword")).ShouldContain("ลองผิดหลายครั้ง");
        (await site.Database.FirstAsync<long>("select count(*) from api_keys k join accounts a on a.account_id = k.account_id where a.user_name = @name", new { name })).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_revokes_a_key_of_another_but_the_administrator()
    {
        var key = await site.KeyAsync(DemoSite.Organizer, new NewApiKey("ของผู้จัด", [ApiScopes.Read], [], null));
        var id = (await site.Services.GetRequiredService<ApiKeys>().FindAsync(key))!.KeyId;
        var member = site.Browse();
        await member.SignInAsync(DemoSite.Member, DemoSite.Password);
        var token = (await member.PageAsync("/account")).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        (await member.PostAsync($"/account/keys/{id}/revocation", ("__form", token))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await member.PostAsync($"/admin/api-keys/{id}/revocation", ("__form", token))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.With(key).GetAsync("/api/v1/session")).Status.ShouldBe(200);
        var administrator = site.Browse();
        await administrator.SignInAsync(DemoSite.Administrator, DemoSite.Password);
        (await administrator.SubmitAsync("/admin/api-keys", $"/admin/api-keys/{id}/revocation")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.With(key).GetAsync("/api/v1/session")).Status.ShouldBe(401);
        (await administrator.PageAsync("/admin/audit?what=api-key.revoke")).Body!.TextContent.Replace("\u2060", "").ShouldContain("เพิกถอนกุญแจ API");
    }

    [Fact]
    public async Task A_key_dies_with_its_time_and_with_its_account()
    {
        var accounts = site.Services.GetRequiredService<Accounts>();
        Account account;
        await using (var transaction = await site.Database.BeginAsync())
        {
            account = (await accounts.AddAsync(new NewAccount($"key{Guid.NewGuid():N}@agency.example", "เจ้าของกุญแจ", ["Organizer"]), "account.create", Actor.System, transaction))!;
            await transaction.CommitAsync();
        }
        var dated = site.With(await site.KeyAsync(account.UserName, new NewApiKey("มีอายุ", [ApiScopes.Read], [], site.Clock.GetUtcNow().UtcDateTime.AddDays(30))));
        var lasting = site.With(await site.KeyAsync(account.UserName, new NewApiKey("ไม่มีอายุ", [ApiScopes.Read], [], null)));
        (await dated.GetAsync("/api/v1/session")).Status.ShouldBe(200);
        await using (var transaction = await site.Database.BeginAsync())
        {
            await transaction.ExecuteAsync("update api_keys set expires_utc = @past where name = 'มีอายุ'", new { past = InvariantTime.Format(site.Clock.GetUtcNow().UtcDateTime) });
            await transaction.CommitAsync();
        }
        (await dated.GetAsync("/api/v1/session")).Status.ShouldBe(401);
        (await lasting.GetAsync("/api/v1/session")).Status.ShouldBe(200);
        await using (var transaction = await site.Database.BeginAsync())
        {
            await accounts.SetEnabledAsync(account, false, Actor.System, transaction);
            await transaction.CommitAsync();
        }
        (await lasting.GetAsync("/api/v1/session")).Kind.ShouldBe("/problems/unauthenticated");
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_minute()
    {
        var key = await site.KeyAsync(DemoSite.Member, new NewApiKey("นับการใช้", [ApiScopes.Read], [], null));
        var keys = site.Services.GetRequiredService<ApiKeys>();
        (await site.With(key).GetAsync("/api/v1/session")).Status.ShouldBe(200);
        var first = (await keys.FindAsync(key))!.UsedUtc;
        (await site.With(key).GetAsync("/api/v1/session")).Status.ShouldBe(200);
        (await keys.FindAsync(key))!.UsedUtc.ShouldBe(first);
        site.Clock.Advance(TimeSpan.FromSeconds(61));
        (await site.With(key).GetAsync("/api/v1/session")).Status.ShouldBe(200);
        (await keys.FindAsync(key))!.UsedUtc.ShouldNotBe(first);
    }

    [Fact]
    public async Task Wrong_keys_are_refused_and_after_a_while_not_even_looked_at_twice()
    {
        var stranger = site.Anybody();
        async Task<ApiAnswer> TryAsync(string authorization) => await stranger.SendAsync("GET", "/api/v1/session", null, [("Authorization", authorization), ("X-Forwarded-For", "198.51.100.77")]);
        foreach (var wrong in new[] { "Bearer kp_wrong", "Bearer", "Basic YTpi", "kp_x", "Bearer kp_" + new string('x', 4000) })
        {
            var answer = await TryAsync(wrong);
            answer.Status.ShouldBe(401, wrong);
            answer.Header("WWW-Authenticate").ShouldBe("Bearer realm=\"api\"");
        }
        for (var i = 0; i < 45; i++) await TryAsync("Bearer kp_wrong");
        var refused = await TryAsync("Bearer kp_wrong");
        refused.Kind.ShouldBe("/problems/too-many");
        int.Parse(refused.Header("Retry-After")).ShouldBeInRange(1, 900);
        var good = await site.KeyAsync(DemoSite.Member, new NewApiKey("ถูก", [ApiScopes.Read], [], null));
        (await TryAsync("Bearer " + good)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_changes_things_only_with_its_token()
    {
        var browser = site.Browse();
        await browser.SignInAsync(DemoSite.Organizer, DemoSite.Password);
        var session = new ApiClient(site.Address, null, new SocketsHttpHandler { CookieContainer = browser.Cookies });
        var body = ContentApiTests.Session("จากเบราว์เซอร์").ToJsonString();
        (await session.SendAsync("POST", "/api/v1/content", body)).Kind.ShouldBe("/problems/form-token");
        (await session.SendAsync("POST", "/api/v1/content", body, [("X-Form-Token", "guessed")])).Kind.ShouldBe("/problems/form-token");
        (await session.SendAsync("POST", "/api/v1/content", body, [("Origin", "https://evil.example")], "text/plain")).Status.ShouldBe(403);
        var token = (await session.GetAsync("/api/v1/session")).Json["formToken"]!.ToString();
        var made = await session.SendAsync("POST", "/api/v1/content", body, [("X-Form-Token", token)]);
        made.Status.ShouldBe(201, made.Text);
        (await session.SendAsync("POST", "/api/v1/content", body, [("X-Form-Token", token)], "text/plain")).Status.ShouldBe(415);
        made.Header("Cache-Control").ShouldContain("no-store");
        var keyed = await session.SendAsync("POST", "/api/v1/content", body, [("Authorization", "Bearer kp_wrong"), ("X-Form-Token", token)]);
        keyed.Status.ShouldBe(401);
    }
}
