using System.Net;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>Who may do what in the workbench; everybody else finds nothing.</summary>
public sealed class RightsTests(EditorSite site)
{
    public static TheoryData<string> Addresses => ["/manage", "/manage/new/CopSession", $"/manage/items/{DemoItems.Session4Of2563}", $"/manage/items/{DemoItems.Session4Of2563}/history", $"/manage/items/{DemoItems.Session4Of2563}/preview"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_reader_who_is_not_signed_in_gets_nothing(string path) =>
        (await site.As(null).GetAsync(path)).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.NotFound);

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Somebody_without_a_role_finds_nothing(string path) =>
        (await site.As("nobody|").GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_member_writes_drafts_of_his_own_and_publishes_nothing()
    {
        var member = site.As(EditorSite.Member);
        (await member.GetAsync("/manage")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await member.GetAsync($"/manage/items/{DemoItems.Session4Of2563}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await member.GetAsync("/manage/new/Page")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var saved = await (await Sessions.NewAsync(member, "ร่างของสมาชิก", "7 มี.ค. 2566")).PressAsync();
        saved.Text.ShouldContain("บันทึกร่างแล้ว");
        saved.Page.QuerySelectorAll("button[value=publish]").ShouldBeEmpty();
        (await saved.PressAsync("publish")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await saved.SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await saved.SendAsync("removal")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.As("other|Member").GetAsync($"/manage/items/{saved.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await FilledForm.OpenAsync(site.As("other|Member"), "/manage")).Text.ShouldNotContain("ร่างของสมาชิก");

        // An organizer sees it, publishes it, and the member's own right stays that of a writer.
        var organizer = site.As(EditorSite.Organizer);
        (await FilledForm.OpenAsync(organizer, "/manage?q=ร่างของสมาชิก")).Text.ShouldContain("ร่างของสมาชิก");
        (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}")).PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await saved.SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_members_lists_offer_no_drafts_of_others()
    {
        var draft = await (await Sessions.NewAsync(site.As(EditorSite.Organizer), "ร่างลับของผู้จัด", "8 มี.ค. 2566")).PressAsync();
        var organizers = await FilledForm.OpenAsync(site.As(EditorSite.OtherOrganizer), "/manage/new/CopSession");
        organizers.Page.QuerySelector($"[name='CopSession.NextSession'] option[value='{draft.Id}']").ShouldNotBeNull();
        var members = await FilledForm.OpenAsync(site.As(EditorSite.Member), "/manage/new/CopSession");
        members.Page.QuerySelector($"[name='CopSession.NextSession'] option[value='{draft.Id}']").ShouldBeNull();
        members.Text.ShouldNotContain("ร่างลับของผู้จัด");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/publication")]
    [InlineData("/withdrawal")]
    [InlineData("/discard")]
    [InlineData("/removal")]
    public async Task A_post_without_its_token_is_refused(string what)
    {
        var response = await site.As(EditorSite.Administrator).PostAsync($"/manage/items/{DemoItems.KhuSiao}{what}", new FormUrlEncodedContent([new("form", "BestPractice")]));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.As(null).GetAsync("/practices/คู่เสี่ยว-เกี่ยวก้อย")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_get_changes_nothing()
    {
        foreach (var what in new[] { "publication", "withdrawal", "discard", "removal" })
            (await site.As(EditorSite.Administrator).GetAsync($"/manage/items/{DemoItems.KhuSiao}/{what}")).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_post_without_a_form_empties_nothing()
    {
        var administrator = site.As(EditorSite.Administrator);
        var token = (await FilledForm.OpenAsync(administrator, $"/manage/items/{DemoItems.KhuSiao}")).Value(FilledForm.Token);
        var response = await administrator.PostAsync($"/manage/items/{DemoItems.KhuSiao}", new FormUrlEncodedContent([new(FilledForm.Token, token)]));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/manage?type=Nothing&q=%00%EF%BF%BD&page=-5")]
    [InlineData("/manage?page=99999999")]
    [InlineData("/manage?page=x")]
    [InlineData("/manage/new/Taxonomy")]
    [InlineData("/manage/new/%3Cscript%3E")]
    [InlineData("/manage/items/xxxx")]
    [InlineData("/manage/items/%00/preview")]
    public async Task Nonsense_in_an_address_is_no_failure(string path) =>
        ((int)(await site.As(EditorSite.Administrator).GetAsync(path)).StatusCode).ShouldBeLessThan(500);
}
