using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

public sealed class PeopleTests(MembersSite site) : IClassFixture<MembersSite>
{
    [Fact]
    public async Task Only_who_manages_users_sees_people()
    {
        var member = await site.AddAsync("Member");
        foreach (var path in new[] { "/admin/people", $"/admin/people/{member.AccountId}" })
        {
            (await site.Browse().GetAsync(path)).ShouldAskToSignIn();
            foreach (var role in new[] { "Member", "Organizer" })
                (await (await site.SignedInAsync(await site.AddAsync(role))).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await (await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator))).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var browser = await site.SignedInAsync(member);
        var token = (await browser.PageAsync("/account")).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        (await browser.PostAsync($"/admin/people/{member.AccountId}/roles", ("__form", token), ("Names", MembersSite.Administrator))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.ReadAsync(member))!.Roles.ShouldBe(["Member"]);
    }

    [Fact]
    public async Task Inviting_sends_a_link_and_keeps_what_was_typed_when_something_is_wrong()
    {
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        var wrong = await admin.SubmitAsync("/admin/people", "/admin/people", ("Email", "not an address"), ("DisplayName", "สมหญิง\u202eมั่นคง"), ("Roles", "Organizer"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.ProblemAsync("Email")).ShouldContain("เขียนไม่ครบ");
        (await wrong.ProblemAsync("DisplayName")).ShouldContain("มองไม่เห็น");
        var page = await MemberBrowser.ReadAsync(wrong);
        page.QuerySelector("input[name=Email]")!.GetAttribute("value").ShouldBe("not an address");
        page.QuerySelector("input[name=Roles][value=Organizer]")!.HasAttribute("checked").ShouldBeTrue();

        (await admin.SubmitAsync("/admin/people", "/admin/people", ("Email", "Somying@Agency.example"), ("DisplayName", "  สมหญิง   มั่นคง "), ("Roles", "Organizer"),
            ("PasswordHash", "x"), ("IsEnabled", "false"), ("AccountId", "mine"), ("CreatedUtc", "1990-01-01"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var mail = await site.Mail.NextAsync("somying@agency.example");
        mail.ToName.ShouldBe("สมหญิง มั่นคง");
        mail.Link.ShouldStartWith("/accept-invitation?token=");
        var added = (await site.Services.GetRequiredService<Accounts>().FindByNameAsync("somying@agency.example"))!;
        (added.HasPassword, added.IsEnabled, added.DisplayName).ShouldBe((false, true, "สมหญิง มั่นคง"));
        added.AccountId.ShouldNotBe("mine");

        var again = await admin.SubmitAsync("/admin/people", "/admin/people", ("Email", "somying@agency.example"), ("DisplayName", "อีกคน"));
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await again.ProblemAsync("Email")).ShouldContain("มีบัญชีอยู่แล้ว");

        await admin.SubmitAsync($"/admin/people/{added.AccountId}", $"/admin/people/{added.AccountId}/invitation");
        var second = await site.Mail.NextAsync("somying@agency.example");
        (await site.Browse().GetAsync(mail.Link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse().GetAsync(second.Link)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Roles_count_from_the_next_request_on()
    {
        var person = await site.AddAsync();
        var browser = await site.SignedInAsync(person);
        (await browser.GetAsync("/admin/people")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        var page = $"/admin/people/{person.AccountId}";
        (await admin.SubmitAsync(page, $"{page}/roles", ("Names", "Member"), ("Names", MembersSite.Administrator))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync("/admin/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.SubmitAsync(page, $"{page}/roles", ("Names", "Member"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync("/admin/people")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.SubmitAsync(page, $"{page}/roles", ("Names", "Emperor"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await site.ReadAsync(person))!.Roles.ShouldBe(["Member"]);
        var lines = await site.Services.GetRequiredService<KnowledgePortal.Cms.Content.AuditTrail>().LatestAsync(10, subjectId: person.AccountId);
        lines.Where(l => l.Action == "account.roles").Select(l => l.Detail).ShouldBe(["Administrator, Member → Member", "– → Administrator, Member"]);
    }

    [Fact]
    public async Task Who_is_disabled_is_out_at_once_and_stays_out()
    {
        var person = await site.AddAsync("Organizer");
        var browser = await site.SignedInAsync(person);
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        var page = $"/admin/people/{person.AccountId}";
        (await admin.SubmitAsync(page, $"{page}/access", ("enabled", "no"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.GetAsync("/account")).ShouldAskToSignIn();
        (await site.Browse().TryToSignInAsync(person.UserName, MembersSite.Password)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.SubmitAsync(page, $"{page}/access", ("enabled", "yes"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await browser.IsSignedInAsync()).ShouldBeFalse(); // the session of then does not come back
        await site.Browse().SignInAsync(person.UserName);
        (await site.ActionsAsync(person)).ShouldBe(
            ["account.create", "account.sign-in", "account.disable", "account.sign-in-failed", "account.enable", "account.sign-in"]);
    }

    [Fact]
    public async Task Nobody_disables_or_demotes_themselves()
    {
        var me = await site.AddAsync(MembersSite.Administrator);
        var browser = await site.SignedInAsync(me);
        var page = $"/admin/people/{me.AccountId}";
        (await browser.SubmitAsync(page, $"{page}/roles", ("Names", "Member"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var token = (await browser.PageAsync(page)).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        (await browser.PostAsync($"{page}/access", ("__form", token), ("enabled", "no"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await site.ReadAsync(me))!.ShouldSatisfyAllConditions(a => a.IsEnabled.ShouldBeTrue(), a => a.IsAdministrator.ShouldBeTrue());
    }

    [Fact]
    public async Task Who_manages_users_without_being_an_administrator_neither_makes_nor_touches_administrators()
    {
        await using (var transaction = await site.Database.BeginAsync())
        {
            await transaction.ExecuteAsync("insert into site_settings (name, document) values ('role:Registrar', '{\"Name\":\"Registrar\",\"Permissions\":[\"ManageUsers\"]}') on conflict (name) do update set document = excluded.document");
            await transaction.CommitAsync();
        }
        site.Services.GetRequiredService<RolePermissions>().Reload();
        var boss = await site.AddAsync(MembersSite.Administrator);
        var person = await site.AddAsync();
        var browser = await site.SignedInAsync(await site.AddAsync("Registrar"));
        (await browser.GetAsync("/admin/people")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync($"/admin/people/{boss.AccountId}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = $"/admin/people/{person.AccountId}";
        (await browser.PageAsync(page)).QuerySelector("input[value=Administrator]").ShouldBeNull();
        (await browser.SubmitAsync(page, $"{page}/roles", ("Names", MembersSite.Administrator))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await site.ReadAsync(person))!.Roles.ShouldBeEmpty();
        var token = (await browser.PageAsync(page)).QuerySelector("input[name=__form]")!.GetAttribute("value")!;
        foreach (var action in new[] { "roles", "access", "invitation" })
            (await browser.PostAsync($"/admin/people/{boss.AccountId}/{action}", ("__form", token), ("enabled", "no"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.ReadAsync(boss))!.IsEnabled.ShouldBeTrue();
    }

    [Fact]
    public async Task People_are_found_by_parts_of_name_and_address()
    {
        var person = await site.AddAsync();
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        foreach (var words in new[] { person.UserName.ToUpperInvariant(), person.DisplayName })
            (await admin.PageAsync("/admin/people?q=" + Uri.EscapeDataString(words))).QuerySelector($"a[href='/admin/people/{person.AccountId}']").ShouldNotBeNull(words);
        (await admin.PageAsync("/admin/people?q=nobody-at-all")).QuerySelector(".empty").ShouldNotBeNull();
    }

    [Fact]
    public async Task Ones_own_name_is_changed_and_nothing_else()
    {
        var me = await site.AddAsync("Member");
        var browser = await site.SignedInAsync(me);
        (await browser.SubmitAsync("/account", "/account/name", ("DisplayName", "ชื่อ  ใหม่"), ("UserName", "other@agency.example"), ("Roles", MembersSite.Administrator),
            ("RoleLines", MembersSite.Administrator), ("AccountId", "x"), ("IsEnabled", "false"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.ReadAsync(me)).ShouldBe(me with { DisplayName = "ชื่อ ใหม่", SignedInUtc = (await site.ReadAsync(me))!.SignedInUtc });
        var tooLong = await browser.SubmitAsync("/account", "/account/name", ("DisplayName", new string('ก', 101)));
        tooLong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await tooLong.ProblemAsync("DisplayName")).ShouldContain("101");
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_browser()
    {
        var me = await site.AddAsync();
        var (here, there) = (await site.SignedInAsync(me), await site.SignedInAsync(me));
        (await here.PageAsync("/account")).QuerySelectorAll("aside li").Length.ShouldBe(2);
        (await here.SubmitAsync("/account", "/account/sessions")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await here.IsSignedInAsync()).ShouldBeFalse();
        (await there.IsSignedInAsync()).ShouldBeFalse();
        (await site.ActionsAsync(me)).ShouldContain("account.sign-out-everywhere");
    }
}
