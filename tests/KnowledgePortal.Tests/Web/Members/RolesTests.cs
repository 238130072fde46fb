using System.Net;
using AngleSharp.Dom;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>Roles and memberships in the admin.</summary>
public sealed class RolesTests(MembersSite site) : IClassFixture<MembersSite>
{
    [Fact]
    public async Task A_role_is_made_and_counts_at_once_and_both_stand_in_the_trail()
    {
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        (await admin.SubmitAsync("/admin/roles", "/admin/roles", ("Name", "ผู้ตรวจ"), ("Description", "ตรวจ"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.SubmitAsync("/admin/roles", "/admin/roles", ("Name", "Organizer"), ("Description", "ตรวจ"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.SubmitAsync("/admin/roles", "/admin/roles", ("Name", "Reviewer"), ("Description", "ตรวจ"))).Headers.Location!.ToString().ShouldBe("/admin/roles/Reviewer?done=created");

        var reviewer = new Visitor("r", ["Reviewer"]);
        (await Permissions.MayAsync(reviewer, ContentAction.Preview, "Article")).ShouldBeFalse();
        (await admin.SubmitAsync("/admin/roles/Reviewer", "/admin/roles/Reviewer", ("Edit.Article", "All"), ("Delete.", "Own"), ("Edit.Nothing", "All"), ("Rights", "ViewAuditTrail"), ("Rights", "Everything"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Permissions.MayAsync(reviewer, ContentAction.Preview, "Article")).ShouldBeTrue();
        (await Permissions.MayAsync(reviewer, ContentAction.Publish, "Article")).ShouldBeFalse();
        (await Permissions.HasAsync(reviewer, "ViewAuditTrail")).ShouldBeTrue();
        var trail = await site.Services.GetRequiredService<AuditTrail>().LatestAsync(5, subjectId: "Reviewer");
        trail.Select(e => e.Action).ShouldBe(["role.save", "role.create"]);
        trail[0].Detail.ShouldContain("+Edit_Article");
        trail[0].Detail.ShouldContain("+DeleteOwnContent");
        trail[0].Detail.ShouldNotContain("Everything");

        // What follows from another right is said, and not stored.
        var page = await admin.PageAsync("/admin/roles/Reviewer");
        page.QuerySelector("select[name='Preview.Article'] option[selected]")!.TextContent.ShouldBe("ทั้งหมด ตามสิทธิ์อื่น");
        page.QuerySelector("select[name='Delete.Page'] option[selected]")!.TextContent.ShouldBe("ของตน ตามสิทธิ์อื่น");
    }

    [Fact]
    public async Task Two_who_change_a_role_do_not_overwrite_each_other_and_what_the_site_does_not_know_stays()
    {
        var admin = await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator));
        await admin.SubmitAsync("/admin/roles", "/admin/roles", ("Name", "Kept"), ("Description", ""));
        await using (var transaction = await site.Database.BeginAsync())
        {
            await SiteSettings.WriteAsync("role:Kept", System.Text.Json.Nodes.JsonNode.Parse("""{ "Name": "Kept", "Permissions": ["Clone_Article", "FlyToTheMoon", "View_Page"] }"""), transaction);
            await transaction.CommitAsync();
        }
        (await admin.SubmitAsync("/admin/roles/Kept", "/admin/roles/Kept", ("View.Page", "None"), ("seen", "as it was before"))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await admin.SubmitAsync("/admin/roles/Kept", "/admin/roles/Kept", ("View.Page", "None"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.Services.GetRequiredService<SiteSettings>().GetAsync("role:Kept"))!["Permissions"]!.ToJsonString().ShouldBe("""["Clone_Article","FlyToTheMoon"]""");
    }

    [Fact]
    public async Task Who_is_no_administrator_gives_and_takes_only_what_he_holds()
    {
        await using (var transaction = await site.Database.BeginAsync())
        {
            await SiteSettings.WriteAsync("role:Warden", System.Text.Json.Nodes.JsonNode.Parse("""{ "Name": "Warden", "Permissions": ["ManageRoles", "ViewContent", "Edit_Article"] }"""), transaction);
            await SiteSettings.WriteAsync("role:Ward", System.Text.Json.Nodes.JsonNode.Parse("""{ "Name": "Ward", "Permissions": ["ManageSettings"] }"""), transaction);
            await transaction.CommitAsync();
        }
        Permissions.Reload();
        var warden = await site.SignedInAsync(await site.AddAsync("Warden"));
        (await warden.SubmitAsync("/admin/roles/Ward", "/admin/roles/Ward", ("Edit.Article", "All"), ("Publish.Article", "All"), ("Edit.", "All"), ("Rights", "ManageUsers"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.Services.GetRequiredService<SiteSettings>().GetAsync("role:Ward"))!["Permissions"]!.ToJsonString().ShouldBe("""["ManageSettings","Edit_Article"]""");
        (await warden.PostAsync("/admin/roles/Administrator", ("__form", (await warden.PageAsync("/account")).QuerySelector("input[name=__form]")!.GetAttribute("value")!))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await site.SignedInAsync(await site.AddAsync("Organizer"))).GetAsync("/admin/roles")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Memberships_are_chosen_from_what_there_is()
    {
        var (admin, person) = (await site.SignedInAsync(await site.AddAsync(MembersSite.Administrator)), await site.AddAsync("Member"));
        var path = $"/admin/people/{person.AccountId}";
        var agency = (await admin.PageAsync(path)).QuerySelectorAll("#agency option")[1].GetAttribute("value")!;
        (await admin.SubmitAsync(path, path + "/groups", ("groups", "community:nowhere"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.SubmitAsync(path, path + "/groups", ("groups", agency))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.ReadAsync(person))!.Memberships.ShouldBe([agency]);
        (await site.ActionsAsync(person)).ShouldContain("account.groups");
        (await admin.PageAsync(path)).QuerySelector($"#agency option[value='{agency}']")!.HasAttribute("selected").ShouldBeTrue();
    }

    private RolePermissions Permissions => site.Services.GetRequiredService<RolePermissions>();
}
