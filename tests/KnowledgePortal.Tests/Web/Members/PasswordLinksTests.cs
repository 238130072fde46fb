using System.Net;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

public sealed class PasswordLinksTests(MembersSite site) : IClassFixture<MembersSite>
{
    private const string Next = "ฝน ลม แดด 2569 ค่ำ";
    private int _asker = 1;

    [Fact]
    public async Task A_forgotten_password_is_set_anew_once_by_a_link()
    {
        var account = await site.AddAsync();
        var elsewhere = await site.SignedInAsync(account);
        var mail = await AskAsync(account);
        mail.ToName.ShouldBe(account.DisplayName);
        mail.Html.ShouldContain(mail.Link.Split('=')[1]);

        // Mail programs look at links; looking spends nothing.
        for (var i = 0; i < 2; i++) (await site.Browse().GetAsync(mail.Link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await site.Browse().GetAsync(mail.Link);
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();

        var common = await SetAsync(site.Browse(), mail, "password1");
        common.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await common.ProblemAsync("NewPassword")).ShouldContain("เดาได้ง่าย");

        var browser = site.Browse();
        var late = site.Browse();
        var token = mail.Link.Split('=')[1];
        var form = (await late.PageAsync(mail.Link)).QuerySelector("form[action='/reset-password'] input[name=__form]")!.GetAttribute("value")!;
        (await SetAsync(browser, mail, Next)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        (await elsewhere.IsSignedInAsync()).ShouldBeFalse();
        (await late.PostAsync("/reset-password", ("token", token), ("__form", form), ("NewPassword", "another pass phrase"), ("Repeated", "another pass phrase"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse().GetAsync(mail.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await site.Browse().SignInAsync(account.UserName, Next);
        var actions = await site.ActionsAsync(account);
        actions.ShouldContain("account.password-reset-asked");
        actions.ShouldContain("account.password-reset");
    }

    [Fact]
    public async Task A_link_dies_after_an_hour()
    {
        var account = await site.AddAsync();
        var mail = await AskAsync(account);
        site.Clock.Advance(TimeSpan.FromMinutes(59));
        (await site.Browse().GetAsync(mail.Link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        (await site.Browse().GetAsync(mail.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_link_dies_with_a_newer_one_a_changed_password_and_a_disabled_account()
    {
        var account = await site.AddAsync();
        var first = await AskAsync(account);
        var second = await AskAsync(account);
        (await site.Browse().GetAsync(first.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse().GetAsync(second.Link)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var browser = await site.SignedInAsync(account);
        await browser.SubmitAsync("/account", "/account/password", ("CurrentPassword", MembersSite.Password), ("NewPassword", Next), ("Repeated", Next));
        (await site.Browse().GetAsync(second.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var third = await AskAsync(account);
        await SetEnabledAsync(account, false);
        (await site.Browse().GetAsync(third.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await SetEnabledAsync(account, true);
        (await site.Browse().GetAsync(third.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_link_opens_nothing(string token)
    {
        foreach (var path in new[] { "/reset-password", "/accept-invitation" })
            (await site.Browse().GetAsync($"{path}?token={token}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_link_serves_only_its_own_purpose()
    {
        var account = await site.AddAsync();
        var mail = await AskAsync(account);
        (await site.Browse().GetAsync(mail.Link.Replace("/reset-password", "/accept-invitation"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_link_leads_to_the_sites_own_address_whatever_host_was_asked()
    {
        var account = await site.AddAsync();
        var browser = site.Browse($"192.0.2.{_asker++}");
        var token = (await browser.PageAsync("/forgot-password")).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        var request = new HttpRequestMessage(HttpMethod.Post, "/forgot-password")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = account.UserName, ["__form"] = token }),
        };
        request.Headers.Host = "localhost"; // one that the site answers for; others are refused
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        (await browser.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var mail = await site.Mail.NextAsync(account.UserName);
        mail.Host.ShouldStartWith("127.0.0.1");
        (mail.Text + mail.Html).ShouldNotContain("evil.example");
        (mail.Text + mail.Html).ShouldNotContain("localhost");
    }

    [Fact]
    public async Task The_page_answers_alike_whether_there_is_an_account_or_not_and_floods_no_mailbox()
    {
        var account = await site.AddAsync();
        var bodies = new HashSet<string>();
        foreach (var email in new[] { account.UserName, "nobody@agency.example" })
        {
            var response = await site.Browse($"192.0.2.{_asker++}").SubmitAsync("/forgot-password", "/forgot-password", ("Email", email));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            bodies.Add((await response.Content.ReadAsStringAsync()).Replace(email, ""));
        }
        bodies.Count.ShouldBe(1);
        for (var i = 0; i < 5; i++) (await site.Browse($"192.0.2.{_asker++}").SubmitAsync("/forgot-password", "/forgot-password", ("Email", account.UserName))).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 3; i++) await site.Mail.NextAsync(account.UserName);
        await AskAsync(await site.AddAsync()); // the queue is answered in order: nothing was left in it
        site.Mail.Waiting(account.UserName).ShouldBe(0);
        site.Mail.Waiting("nobody@agency.example").ShouldBe(0);
    }

    [Fact]
    public async Task An_invitation_sets_the_first_password_within_a_week()
    {
        var invitations = site.Services.GetRequiredService<Invitations>();
        var invitation = (await invitations.InviteAsync(new NewAccount("invited@agency.example", "ผู้รับเชิญ", ["Organizer"]), Actor.System))!;
        (await invitations.InviteAsync(new NewAccount("invited@agency.example", "อีกคน", []), Actor.System)).ShouldBeNull();
        (await site.Browse().TryToSignInAsync("invited@agency.example", "")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var link = $"/accept-invitation?token={invitation.Token}";

        site.Clock.Advance(TimeSpan.FromDays(6));
        var browser = site.Browse();
        (await browser.SubmitAsync(link, "/accept-invitation", ("NewPassword", Next), ("Repeated", Next))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.IsSignedInAsync()).ShouldBeTrue();
        (await site.Browse().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.ReadAsync(invitation.Account))!.Roles.ShouldBe(["Organizer"]);

        var late = (await invitations.InviteAsync(new NewAccount("late@agency.example", "ผู้มาช้า", []), Actor.System))!;
        site.Clock.Advance(TimeSpan.FromDays(8));
        (await site.Browse().GetAsync($"/accept-invitation?token={late.Token}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<SentMail> AskAsync(Account account)
    {
        (await site.Browse($"192.0.2.{_asker++}").SubmitAsync("/forgot-password", "/forgot-password", ("Email", account.UserName))).StatusCode.ShouldBe(HttpStatusCode.OK);
        return await site.Mail.NextAsync(account.UserName);
    }

    private static Task<HttpResponseMessage> SetAsync(MemberBrowser browser, SentMail mail, string password) =>
        browser.SubmitAsync(mail.Link, "/reset-password", ("NewPassword", password), ("Repeated", password));

    private async Task SetEnabledAsync(Account account, bool isEnabled)
    {
        await using var transaction = await site.Database.BeginAsync();
        await site.Services.GetRequiredService<Accounts>().SetEnabledAsync(account, isEnabled, Actor.System, transaction);
        await transaction.CommitAsync();
    }
}
