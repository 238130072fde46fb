using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

public sealed partial class SignInTests(MembersSite site) : IClassFixture<MembersSite>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/about")]
    [InlineData("/search")]
    [InlineData("/nothing")]
    public async Task A_reader_gets_no_cookie(string path)
    {
        var response = await site.Browse().GetAsync(path);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        response.Headers.Vary.ShouldContain("Cookie");
        (await MemberBrowser.ReadAsync(response)).QuerySelector("header a[href='/login']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Signing_in_leads_back_and_shows_the_name_and_is_written_down()
    {
        var account = await site.AddAsync("Organizer");
        var browser = site.Browse();
        var response = await browser.SubmitAsync("/login?returnUrl=%2Fabout%3Fa%3D%E0%B8%81", "/login", ("Email", $" {account.UserName.ToUpperInvariant()} "), ("Password", MembersSite.Password));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        response.Headers.Location!.OriginalString.ShouldBe("/about?a=%E0%B8%81");

        var page = await browser.GetAsync("/about");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await MemberBrowser.ReadAsync(page)).QuerySelector("header a[href='/account']")!.TextContent.ShouldContain(account.DisplayName);
        (await site.ActionsAsync(account)).ShouldBe(["account.create", "account.sign-in"]);
        (await site.ReadAsync(account))!.SignedInUtc.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_cookie_cannot_be_read_by_scripts_and_belongs_to_this_host()
    {
        var account = await site.AddAsync();
        var response = await site.Browse().TryToSignInAsync(account.UserName, MembersSite.Password);
        var plain = response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal));
        plain.ShouldContain("httponly");
        plain.ShouldContain("samesite=lax");
        plain.ShouldNotContain("domain");
        plain.ShouldNotContain("expires");

        await using var secure = site.Open("https://portal.example");
        var form = await new MemberBrowser(secure.Start(), "203.0.113.1").GetAsync("/login");
        var cookie = form.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("__Host-portal-form=");
        cookie.ShouldContain("secure");

        var page = await MemberBrowser.ReadAsync(form);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(secure.ClientOptions.BaseAddress, "/login"));
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Email"] = account.UserName, ["Password"] = MembersSite.Password, ["__form"] = page.QuerySelector("form[action='/login'] input[name=__form]")!.GetAttribute("value")!,
        });
        var signedIn = (await new MemberBrowser(secure.ClientOptions.BaseAddress, "203.0.113.1").SendAsync(request)).Headers.GetValues("Set-Cookie").Single();
        signedIn.ShouldStartWith("__Host-portal=");
        signedIn.ShouldContain("secure");
        signedIn.ShouldContain("path=/");
        signedIn.ShouldContain("httponly");
    }

    [Fact]
    public async Task Every_sign_in_has_a_session_of_its_own_and_ends_the_one_before()
    {
        var account = await site.AddAsync();
        var browser = await site.SignedInAsync(account);
        var first = browser.Copy();
        await browser.GetAsync("/account");
        var page = await MemberBrowser.ReadAsync(await browser.GetAsync("/account"));
        var token = page.QuerySelector("form[action='/logout'] input[name=__form]")!.GetAttribute("value")!;
        (await browser.PostAsync("/login", ("Email", account.UserName), ("Password", MembersSite.Password), ("__form", token))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        browser.SessionCookie.ShouldNotBe(first.SessionCookie);
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        (await first.GetAsync("/account")).ShouldAskToSignIn();
    }

    [Fact]
    public async Task Signing_out_ends_copies_of_the_cookie_as_well()
    {
        var account = await site.AddAsync();
        var browser = await site.SignedInAsync(account);
        var copy = browser.Copy();
        (await copy.IsSignedInAsync()).ShouldBeTrue();
        (await browser.SubmitAsync("/account", "/logout")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        browser.SessionCookie.ShouldBeNull();
        var refused = await copy.GetAsync("/account");
        refused.ShouldAskToSignIn();
        refused.Headers.GetValues("Set-Cookie").Single().ShouldStartWith("portal=;"); // a reader again, without a cookie
        (await site.ActionsAsync(account)).ShouldContain("account.sign-out");
    }

    [Theory]
    [InlineData(MembersSite.Administrator, 30, 12 * 60)]
    [InlineData("Organizer", 8 * 60, 30 * 24 * 60)]
    public async Task A_session_ends_when_idle_and_at_last_in_any_case(string role, int idleMinutes, int absoluteMinutes)
    {
        var account = await site.AddAsync(role);
        var browser = await site.SignedInAsync(account);
        site.Clock.Advance(TimeSpan.FromMinutes(idleMinutes - 2));
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        site.Clock.Advance(TimeSpan.FromMinutes(idleMinutes - 2));
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        site.Clock.Advance(TimeSpan.FromMinutes(idleMinutes + 1));
        (await browser.IsSignedInAsync()).ShouldBeFalse();

        browser = await site.SignedInAsync(account);
        for (var spent = 0; spent + idleMinutes / 2 < absoluteMinutes; spent += idleMinutes / 2)
        {
            (await browser.IsSignedInAsync()).ShouldBeTrue();
            site.Clock.Advance(TimeSpan.FromMinutes(idleMinutes / 2));
        }
        site.Clock.Advance(TimeSpan.FromMinutes(idleMinutes / 2 + 1));
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_is_not_made_from_a_cookie_that_was_forged_or_of_another_site()
    {
        var account = await site.AddAsync();
        var browser = await site.SignedInAsync(account);
        var cookie = browser.SessionCookie!;
        foreach (var forged in new[] { "x", cookie[..^4], cookie[..20] + "AAAA" + cookie[24..], new string('A', 3000) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/account");
            request.Headers.Add("Cookie", $"portal={forged}");
            (await site.Browse().SendAsync(request)).ShouldAskToSignIn();
        }
    }

    [Fact]
    public async Task The_answer_is_the_same_for_unknown_addresses_wrong_passwords_and_disabled_people()
    {
        var known = await site.AddAsync();
        var disabled = await site.AddAsync();
        await using (var transaction = await site.Database.BeginAsync())
        {
            await site.Services.GetRequiredService<Accounts>().SetEnabledAsync(disabled, false, Actor.System, transaction);
            await transaction.CommitAsync();
        }
        var bodies = new HashSet<string>();
        foreach (var (email, password) in new[] { (known.UserName, "wrong password"), ("nobody@agency.example", MembersSite.Password), (disabled.UserName, MembersSite.Password) })
        {
            var browser = site.Browse("203.0.113.77");
            var response = await browser.TryToSignInAsync(email, password);
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            response.Headers.Contains("Set-Cookie").ShouldBeFalse();
            var body = await response.Content.ReadAsStringAsync();
            body.ShouldContain("อีเมลหรือรหัสผ่านไม่ถูกต้อง");
            body.ShouldNotContain(password);
            body.ShouldContain(email);
            bodies.Add(Token().Replace(body, "").Replace(email, ""));
        }
        bodies.Count.ShouldBe(1);
        (await site.ActionsAsync(known)).ShouldContain("account.sign-in-failed");
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_for_a_quarter_of_an_hour_and_a_new_password_unlocks()
    {
        var account = await site.AddAsync();
        for (var i = 0; i < 9; i++) (await site.Browse().TryToSignInAsync(account.UserName, "wrong password")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var tenth = await site.Browse().TryToSignInAsync(account.UserName, "wrong password");
        (await tenth.Content.ReadAsStringAsync()).ShouldContain("พัก");
        var locked = await site.Browse("198.51.100.9").TryToSignInAsync(account.UserName, MembersSite.Password);
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.Headers.RetryAfter.ShouldNotBeNull();
        (await site.ActionsAsync(account)).Count(a => a == "account.locked").ShouldBe(1);

        // Knocking does not keep the door shut.
        site.Clock.Advance(TimeSpan.FromMinutes(14));
        (await site.Browse().TryToSignInAsync(account.UserName, MembersSite.Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await site.Browse().SignInAsync(account.UserName);

        for (var i = 0; i < 10; i++) await site.Browse().TryToSignInAsync(account.UserName, "wrong password");
        await site.Browse("198.51.100.10").SubmitAsync("/forgot-password", "/forgot-password", ("Email", account.UserName));
        var mail = await site.Mail.NextAsync(account.UserName);
        (await site.Browse().SubmitAsync(mail.Link, "/reset-password", ("NewPassword", MembersSite.Password), ("Repeated", MembersSite.Password))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await site.Browse("198.51.100.11").SignInAsync(account.UserName);
    }

    [Fact]
    public async Task Many_guesses_at_once_do_not_outrun_the_limit()
    {
        var account = await site.AddAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => site.Browse($"198.51.100.{100 + i}").TryToSignInAsync(account.UserName, $"guess number {i}")));
        answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity).ShouldBe(10);
        answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(20);
        (await site.ActionsAsync(account)).Count(a => a == "account.sign-in-failed").ShouldBe(10);
    }

    [Fact]
    public async Task An_address_that_guesses_at_many_accounts_is_stopped_and_others_are_not()
    {
        var account = await site.AddAsync();
        await using (var transaction = await site.Database.BeginAsync())
        {
            for (var i = 0; i < 50; i++) await site.Services.GetRequiredService<Attempts>().TakeAsync(AttemptLimit.SignInFromAddress, "192.0.2.50", transaction);
            await transaction.CommitAsync();
        }
        (await site.Browse("192.0.2.50").TryToSignInAsync(account.UserName, MembersSite.Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await site.Browse("192.0.2.51").SignInAsync(account.UserName);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("/%2e//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\n//evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:evil.example")]
    [InlineData("///evil.example")]
    [InlineData("evil.example")]
    [InlineData("@evil.example")]
    public async Task No_address_leads_away_after_signing_in(string returnUrl)
    {
        var account = await site.AddAsync();
        var browser = site.Browse();
        var response = await browser.SubmitAsync("/login", "/login", ("Email", account.UserName), ("Password", MembersSite.Password), ("returnUrl", returnUrl));
        var location = new Uri(new Uri("http://portal.example/"), response.Headers.Location!.OriginalString);
        location.Host.ShouldBe("portal.example");
        response.Headers.Location.OriginalString.ShouldStartWith("/");
        response.Headers.Location.OriginalString.ShouldNotStartWith("//");
        (await browser.GetAsync("/login?returnUrl=" + Uri.EscapeDataString(returnUrl))).Headers.Location!.OriginalString.ShouldNotStartWith("//");
    }

    [Fact]
    public async Task What_nobody_should_read_is_in_no_log_and_no_audit_line()
    {
        var account = await site.AddAsync();
        var browser = site.Browse("192.0.2.92");
        await browser.TryToSignInAsync(account.UserName, "a secret that was mistyped");
        await browser.TryToSignInAsync("a-secret-in-the-wrong-field@agency.example", "x");
        await browser.SignInAsync(account.UserName);
        await browser.SubmitAsync("/forgot-password", "/forgot-password", ("Email", account.UserName)).ContinueWith(_ => { });
        await site.Browse("192.0.2.93").SubmitAsync("/forgot-password", "/forgot-password", ("Email", account.UserName));
        var token = (await site.Mail.NextAsync(account.UserName)).Link.Split('=')[1];
        await browser.GetAsync("/reset-password?token=" + token);
        var audit = string.Join('\n', await site.Services.GetRequiredService<AuditTrail>().LatestAsync(1000));
        foreach (var secret in new[] { "a secret that was mistyped", "a-secret-in-the-wrong-field", MembersSite.Password, token, browser.SessionCookie! })
        {
            site.Log.Text.ShouldNotContain(secret);
            audit.ShouldNotContain(secret);
        }
        (await site.Database.FirstAsync<long>("select count(*) from account_tokens where token_hash = @token", new { token })).ShouldBe(0);
    }

    [GeneratedRegex("<input name=\"__form\"[^>]*>")]
    private static partial Regex Token();
}
