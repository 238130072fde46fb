using System.Net;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>The section of the form in which one says who sees an item.</summary>
public sealed class ViewersFormTests(EditorSite site)
{
    private const string Groups = "ViewGroupsPart.Groups";
    private const string Community = "community:" + DemoItems.MinistryCommunity;

    [Fact]
    public async Task An_item_is_for_whom_its_form_says_and_the_history_says_so_in_words()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await FilledForm.OpenAsync(organizer, "/manage/new/Page");
        form.Page.QuerySelector("#viewers")!.TextContent.ShouldBe("ผู้ที่เห็นรายการนี้");
        form.Value(Groups + ".Who").ShouldBe("");
        form.Set("TitlePart.Title", "หน้าของชุมชนเดียว").Set("AutoroutePart.Path", "only-of-one-community").Set(Groups + ".Who", "some");

        var refused = await form.PressAsync("publish");
        refused.Errors.ShouldBe(["เลือกอย่างน้อยหนึ่งกลุ่ม หรือให้ทุกคนเห็น"]);
        refused.Value(Groups + ".Who").ShouldBe("some");
        refused = await refused.Set(Groups, "community:of nobody").PressAsync("publish");
        refused.Errors.ShouldBe(["เลือกกลุ่มจากรายการ"]);

        var published = await refused.Set(Groups, refused.Choice(Groups, "ชุมชน: ชุมชนนักปฏิบัติ (CoPs) สำนักงานปลัดกระทรวงมหาดไทย")).PressAsync("publish");
        published.Text.ShouldContain("เผยแพร่แล้ว");
        published.Values(Groups).ShouldBe([Community]);
        await ShouldAnswerAsync(null, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(EditorSite.Member, HttpStatusCode.NotFound);
        await ShouldAnswerAsync($"{EditorSite.Member}|{Community}", HttpStatusCode.OK);
        await ShouldAnswerAsync(EditorSite.OtherOrganizer, HttpStatusCode.OK);

        (await published.Set(Groups + ".Who", "signed-in").PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        await ShouldAnswerAsync(null, HttpStatusCode.NotFound);
        await ShouldAnswerAsync(EditorSite.Member, HttpStatusCode.OK);
        var versions = (await FilledForm.OpenAsync(organizer, $"/manage/items/{published.Id}/history")).Page;
        var history = (await FilledForm.OpenAsync(organizer, versions.QuerySelector(".when a")!.GetAttribute("href")!)).Text;
        history.ShouldContain("ผู้ที่เห็น");
        history.ShouldContain("ชุมชน: ชุมชนนักปฏิบัติ (CoPs) สำนักงานปลัดกระทรวงมหาดไทย");
        history.ShouldContain("ผู้ที่เข้าสู่ระบบแล้ว");

        (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{published.Id}")).Set(Groups + ".Who", "").PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        await ShouldAnswerAsync(null, HttpStatusCode.OK);

        async Task ShouldAnswerAsync(string? person, HttpStatusCode status) => (await site.As(person).GetAsync("/only-of-one-community")).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_form_in_which_nothing_was_chosen_is_for_everybody()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = (await FilledForm.OpenAsync(organizer, "/manage/new/Page")).Set("TitlePart.Title", "ทุกคนเห็น").Set("AutoroutePart.Path", "seen-by-everybody");
        var saved = await form.PressAsync("publish");
        saved.Text.ShouldContain("เผยแพร่แล้ว");
        // Nothing was chosen, so nothing is stored and saving again changes nothing.
        (await saved.PressAsync()).Text.ShouldContain("ไม่มีอะไรเปลี่ยน");
        (await site.As(null).GetAsync("/seen-by-everybody")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
