using System.Net;
using AngleSharp.Dom;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>Two people open one item: whoever saves second sees both versions, chooses, and loses nothing.</summary>
public sealed class MergeTests(EditorSite site)
{
    private HttpClient First => site.As(EditorSite.Organizer);

    private HttpClient Second => site.As(EditorSite.OtherOrganizer);

    [Fact]
    public async Task What_only_one_side_changed_is_merged_and_a_conflict_is_chosen_per_field()
    {
        var (mine, theirs) = await OpenTwiceAsync("รวมสองฉบับ");
        await theirs.Set("CopSession.OneLine", "บรรทัดของประภา").Set("CopSession.Venue", "ห้องของประภา").Set("CopSession.Audience", "ผู้ฟังของประภา").PressAsync();
        var merge = await mine.Set("CopSession.OneLine", "บรรทัดของสมชาย").Set("CopSession.Venue", "ห้องของสมชาย").Set("TitlePart.Title", "ชื่อของสมชาย").PressAsync();

        merge.Status.ShouldBe(HttpStatusCode.Conflict);
        merge.Text.ShouldContain("prapha บันทึกรายการนี้หลังจากที่ท่านเปิด");
        merge.Page.QuerySelectorAll(".merge > fieldset.conflict > legend").Length.ShouldBe(2);
        // Both versions and what both began from stand side by side.
        var conflict = merge.Page.QuerySelector("fieldset.conflict")!.TextContent;
        foreach (var text in new[] { "ก่อนแก้", "เดิม", "ประภา", "สมชาย" }) conflict.ShouldContain(text);
        // What is typed stays in the boxes; what only the other changed has come into them.
        merge.Value("CopSession.OneLine").ShouldBe("บรรทัดของสมชาย");
        merge.Value("CopSession.Venue").ShouldBe("ห้องของสมชาย");
        merge.Value("TitlePart.Title").ShouldBe("ชื่อของสมชาย");
        merge.Value("CopSession.Audience").ShouldBe("ผู้ฟังของประภา");
        merge.Page.QuerySelector(".taken ins")!.TextContent.ShouldBe("ของประภา");

        var saved = await merge.Set("choice:CopSession.Venue", "theirs").PressAsync();
        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.Text.ShouldContain("บันทึกร่างแล้ว");
        saved.Value("CopSession.OneLine").ShouldBe("บรรทัดของสมชาย");
        saved.Value("CopSession.Venue").ShouldBe("ห้องของประภา");
        saved.Value("CopSession.Audience").ShouldBe("ผู้ฟังของประภา");
        saved.Value("TitlePart.Title").ShouldBe("ชื่อของสมชาย");
    }

    [Fact]
    public async Task One_version_can_be_taken_whole()
    {
        var (mine, theirs) = await OpenTwiceAsync("เอาทั้งฉบับ");
        await theirs.Set("CopSession.OneLine", "บรรทัดของประภา").Set("CopSession.Audience", "ผู้ฟังของประภา").PressAsync();
        var merge = await mine.Set("CopSession.OneLine", "บรรทัดของสมชาย").PressAsync();
        merge.Status.ShouldBe(HttpStatusCode.Conflict);
        var whole = await merge.PressAsync("take:mine");
        whole.Text.ShouldContain("บันทึกร่างแล้ว");
        (whole.Value("CopSession.OneLine"), whole.Value("CopSession.Audience")).ShouldBe(("บรรทัดของสมชาย", "ผู้ฟังเดิม"));

        (mine, theirs) = await OpenTwiceAsync("เอาทั้งฉบับของเขา");
        await theirs.Set("CopSession.OneLine", "บรรทัดของประภา").PressAsync();
        merge = await mine.Set("CopSession.OneLine", "บรรทัดของสมชาย").Set("CopSession.Venue", "ห้องของสมชาย").PressAsync();
        var other = await merge.PressAsync("take:theirs");
        (other.Value("CopSession.OneLine"), other.Value("CopSession.Venue")).ShouldBe(("บรรทัดของประภา", "ห้องเดิม"));
    }

    [Fact]
    public async Task What_the_other_changed_alone_can_be_put_back()
    {
        var (mine, theirs) = await OpenTwiceAsync("คืนของเดิม");
        await theirs.Set("CopSession.Audience", "ผู้ฟังของประภา").PressAsync();
        var merge = await mine.Set("CopSession.Venue", "ห้องของสมชาย").PressAsync();
        merge.Status.ShouldBe(HttpStatusCode.Conflict);
        merge.Text.ShouldContain("ไม่มีช่องที่แก้ต่างกัน");
        var saved = await merge.Set("choice:CopSession.Audience", "base").PressAsync();
        (saved.Value("CopSession.Audience"), saved.Value("CopSession.Venue")).ShouldBe(("ผู้ฟังเดิม", "ห้องของสมชาย"));
    }

    [Fact]
    public async Task Rows_that_each_has_added_are_both_there()
    {
        var (mine, theirs) = await OpenTwiceAsync("วิทยากรสองคน");
        theirs = await theirs.PressAsync("add:Speakers:Speaker");
        await theirs.Set("Speakers[0].TitlePart.Title", "วิทยากรของประภา").PressAsync();
        mine = await mine.PressAsync("add:Speakers:Speaker");
        var merge = await mine.Set("Speakers[0].TitlePart.Title", "วิทยากรของสมชาย").Set("CopSession.Venue", "ห้องใหม่").PressAsync();
        merge.Status.ShouldBe(HttpStatusCode.Conflict);
        merge.Page.QuerySelectorAll(".merge > fieldset.conflict").ShouldBeEmpty();
        merge.Page.QuerySelector(".taken")!.TextContent.ShouldContain("รวมรายการของทั้งสองฉบับ");
        var saved = await merge.PressAsync();
        Enumerable.Range(0, saved.Values("Speakers.Rows").Count).Select(i => saved.Value($"Speakers[{i}].TitlePart.Title")).ShouldBe(["วิทยากรของประภา", "วิทยากรของสมชาย"], ignoreOrder: true);
        saved.Value("CopSession.Venue").ShouldBe("ห้องใหม่");
    }

    [Fact]
    public async Task The_merge_goes_on_while_rows_are_added_and_when_something_is_wrong()
    {
        var (mine, theirs) = await OpenTwiceAsync("ทำต่อระหว่างรวม");
        await theirs.Set("CopSession.Venue", "ห้องของประภา").Set("CopSession.Audience", "ผู้ฟังของประภา").PressAsync();
        var merge = await mine.Set("CopSession.Venue", "ห้องของสมชาย").PressAsync();
        var again = await merge.Set("choice:CopSession.Venue", "theirs").PressAsync("add:Speakers:Speaker");
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Value("choice:CopSession.Venue").ShouldBe("theirs");
        again.Page.QuerySelector(".taken ins")!.TextContent.ShouldBe("ของประภา");
        var wrong = await again.Set("CopSession.StartTime", "ไม่ใช่เวลา").PressAsync();
        wrong.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.Page.QuerySelector(".merge").ShouldNotBeNull();
        var saved = await wrong.Set("CopSession.StartTime", "13.15").PressAsync();
        saved.Text.ShouldContain("บันทึกร่างแล้ว");
        saved.Value("CopSession.Venue").ShouldBe("ห้องของประภา");
    }

    [Fact]
    public async Task A_third_editor_who_saves_during_the_merge_is_merged_as_well()
    {
        var (mine, theirs) = await OpenTwiceAsync("สามคน");
        var third = await FilledForm.OpenAsync(site.As(EditorSite.Administrator), $"/manage/items/{mine.Id}");
        await theirs.Set("CopSession.Venue", "ห้องของประภา").PressAsync();
        var merge = await mine.Set("CopSession.OneLine", "บรรทัดของสมชาย").PressAsync();
        var thirds = await third.Set("CopSession.Audience", "ผู้ฟังของผู้ดูแล").PressAsync();
        thirds.Status.ShouldBe(HttpStatusCode.Conflict);
        (await thirds.PressAsync()).Text.ShouldContain("บันทึกร่างแล้ว");
        var second = await merge.PressAsync();
        second.Status.ShouldBe(HttpStatusCode.Conflict);
        var saved = await second.PressAsync("publish");
        saved.Text.ShouldContain("เผยแพร่แล้ว");
        (saved.Value("CopSession.Venue"), saved.Value("CopSession.OneLine"), saved.Value("CopSession.Audience")).ShouldBe(("ห้องของประภา", "บรรทัดของสมชาย", "ผู้ฟังของผู้ดูแล"));
    }

    [Fact]
    public async Task Two_people_who_type_the_same_do_not_disturb_each_other()
    {
        var (mine, theirs) = await OpenTwiceAsync("คำเดียวกัน");
        await theirs.Set("CopSession.Venue", "ห้องเดียวกัน").PressAsync();
        var saved = await mine.Set("CopSession.Venue", "ห้องเดียวกัน").PressAsync();
        saved.Status.ShouldBe(HttpStatusCode.OK);
        (await FilledForm.OpenAsync(First, $"/manage/items/{mine.Id}/history")).Page.QuerySelectorAll(".versions > li").Length.ShouldBe(2);
    }

    private async Task<(FilledForm Mine, FilledForm Theirs)> OpenTwiceAsync(string title)
    {
        var form = await Sessions.NewAsync(First, title, "18 มี.ค. 2566");
        var saved = await form.Set("CopSession.OneLine", "บรรทัดเดิม").Set("CopSession.Venue", "ห้องเดิม").Set("CopSession.Audience", "ผู้ฟังเดิม").PressAsync();
        saved.Text.ShouldContain("บันทึกร่างแล้ว");
        return (await FilledForm.OpenAsync(First, $"/manage/items/{saved.Id}"), await FilledForm.OpenAsync(Second, $"/manage/items/{saved.Id}"));
    }
}
