using System.Net;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>The administrator's page of who did what when.</summary>
public sealed class TrailTests(EditorSite site)
{
    [Fact]
    public async Task The_trail_is_filtered_by_person_action_title_and_day_and_shows_before_and_after()
    {
        var form = await (await Sessions.NewAsync(site.As("wichai|Organizer"), "ร่องรอยในบันทึก", "19 มี.ค. 2566")).Set("CopSession.Venue", "ห้องก่อนแก้").PressAsync();
        await form.Set("CopSession.Venue", "ห้องหลังแก้ <script>").PressAsync();
        var root = site.As(EditorSite.Administrator);
        var trail = await FilledForm.OpenAsync(root, "/admin/audit?who=wichai&what=content.save&title=ร่องรอย");
        var row = trail.Page.QuerySelectorAll("tbody tr").ShouldHaveSingleItem();
        row.QuerySelector("del")!.TextContent.ShouldBe("ห้องก่อนแก้");
        row.QuerySelector("ins")!.TextContent.ShouldBe("ห้องหลังแก้ <script>");
        row.QuerySelector("dt")!.TextContent.ShouldContain("สถานที่");
        trail.Page.QuerySelectorAll("tbody script").ShouldBeEmpty();

        (await RowsAsync(root, "who=wichai&what=content.")).ShouldBe(2);
        (await RowsAsync(root, "who=wichai&what=account.")).ShouldBe(0);
        (await RowsAsync(root, "who=wichai&to=1/1/2560")).ShouldBe(0);
        (await RowsAsync(root, "who=wichai&from=1/1/2560")).ShouldBe(2);
        (await FilledForm.OpenAsync(root, "/admin/audit?from=32/13/2569")).Page.QuerySelector("[role=alert]").ShouldNotBeNull();
        (await root.GetAsync($"/admin/audit?who={new string('ก', 500)}&before=-1&what=%00")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        foreach (var user in new[] { EditorSite.Organizer, EditorSite.Member }) (await site.As(user).GetAsync("/admin/audit")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<int> RowsAsync(HttpClient client, string query) => (await FilledForm.OpenAsync(client, "/admin/audit?" + query)).Page.QuerySelectorAll("tbody tr").Length;
}
