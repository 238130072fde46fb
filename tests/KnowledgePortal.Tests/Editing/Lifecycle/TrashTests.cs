using System.Net;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>What is removed comes back for thirty days, and then goes with all that was only its own.</summary>
public sealed class TrashTests(SetupSite site) : IClassFixture<SetupSite>
{
    private const string Captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nสวัสดี\n";

    [Fact]
    public async Task A_removed_item_is_in_the_trash_and_comes_back_as_a_draft()
    {
        var root = site.Site.As(EditorSite.Administrator);
        var form = await (await FilledForm.OpenAsync(root, "/manage/new/Page")).Set("TitlePart.Title", "หน้าที่ลบผิด").PressAsync("publish");
        var path = "/" + form.Value("AutoroutePart.Path");
        (await form.SendAsync("removal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await site.Site.As(null).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var trash = await FilledForm.OpenAsync(root, "/manage/trash");
        var row = trash.Page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains("หน้าที่ลบผิด"));
        row.TextContent.ShouldContain("root");
        row.TextContent.ShouldContain("เคยเผยแพร่");
        var restored = await RestoreAsync(root, form);
        restored.Headers.Location!.ToString().ShouldBe($"/manage/items/{form.Id}");
        var back = await FilledForm.OpenAsync(root, $"/manage/items/{form.Id}");
        back.Text.ShouldContain("กู้คืนเป็นร่างแล้ว");
        (await site.Site.As(null).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await FilledForm.OpenAsync(root, "/manage/trash")).Text.ShouldNotContain("หน้าที่ลบผิด");
        (await back.PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await site.Site.As(null).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RestoreAsync(root, form)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Somebody_finds_in_the_trash_only_what_he_may_remove()
    {
        var organizer = site.Site.As(EditorSite.Organizer);
        var form = await (await FilledForm.OpenAsync(organizer, "/manage/new/Page")).Set("TitlePart.Title", "ของผู้จัดสมชาย").PressAsync();
        await form.SendAsync("removal");
        (await FilledForm.OpenAsync(organizer, "/manage/trash")).Text.ShouldContain("ของผู้จัดสมชาย");
        var other = site.Site.As(EditorSite.OtherOrganizer);
        (await FilledForm.OpenAsync(other, "/manage/trash")).Text.ShouldNotContain("ของผู้จัดสมชาย");
        (await RestoreAsync(other, await FilledForm.OpenAsync(other, "/manage/new/Page"), form.Id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Site.As(null).GetAsync("/manage/trash")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await organizer.PostAsync($"/manage/trash/{form.Id}/restoration", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await RestoreAsync(organizer, form)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task After_thirty_days_an_item_goes_with_its_versions_and_the_files_that_nobody_else_uses()
    {
        var root = site.Site.As(EditorSite.Administrator);
        var first = await (await NewRecordingAsync(root, "วิดีโอที่จะหายไป")).Choose("Recording.Captions.File", "a.vtt", System.Text.Encoding.UTF8.GetBytes(Captions)).PressAsync();
        var alone = first.Value("Recording.Captions.Path");
        alone.ShouldStartWith("uploads/");
        var second = await (await NewRecordingAsync(root, "วิดีโอที่ใช้ไฟล์ร่วม")).Choose("Recording.Captions.File", "b.vtt", System.Text.Encoding.UTF8.GetBytes(Captions)).PressAsync();
        var shared = second.Value("Recording.Captions.Path");
        (await (await NewRecordingAsync(root, "อีกรายการที่ใช้ไฟล์ร่วม")).Set("Recording.Captions.Path", shared).PressAsync()).Value("Recording.Captions.Path").ShouldBe(shared);
        foreach (var form in new[] { first, second }) (await form.SendAsync("removal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var (removed, media) = (site.Get<RemovedItems>(), site.Get<MediaFolder>());
        (await removed.PurgeAsync(DateTimeOffset.UtcNow.AddDays(29))).ShouldBe(0);
        media.Find(alone).ShouldNotBeNull();
        (await removed.PurgeAsync(DateTimeOffset.UtcNow.AddDays(30.1))).ShouldBe(2);
        media.Find(alone).ShouldBeNull();
        media.Find(shared).ShouldNotBeNull();
        foreach (var table in new[] { "content_items", "media_usage", "activity_events", "removed_items" })
            (await site.Database.FirstAsync<long>($"select count(*) from {table} where content_item_id in @ids", new { ids = new[] { first.Id, second.Id } })).ShouldBe(0, table);
        (await site.Site.As(null).GetAsync("/media/" + alone)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Site.As(null).GetAsync("/media/" + shared)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await root.GetAsync("/media/" + shared)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Get<AuditTrail>().LatestAsync(5, subjectId: first.Id))[0].Action.ShouldBe("content.purge");
        (await FilledForm.OpenAsync(root, "/manage/trash")).Text.ShouldNotContain("วิดีโอที่จะหายไป");
    }

    [Fact]
    public async Task A_link_to_somebody_elses_file_does_not_end_it_with_the_item()
    {
        var root = site.Site.As(EditorSite.Administrator);
        var owner = await (await NewRecordingAsync(root, "เจ้าของไฟล์")).Choose("Recording.Captions.File", "c.vtt", System.Text.Encoding.UTF8.GetBytes(Captions)).PressAsync();
        var path = owner.Value("Recording.Captions.Path");
        await site.DoAsync(t => t.ExecuteAsync("delete from media_usage where content_item_id = @Id", new { owner.Id }));
        var linking = await (await FilledForm.OpenAsync(site.Site.As(EditorSite.Organizer), "/manage/new/Page"))
            .Set("TitlePart.Title", "หน้าที่อ้างไฟล์คนอื่น").Set("MarkdownBodyPart.Markdown", $"[ไฟล์](/media/{path})").PressAsync();
        await linking.SendAsync("removal");
        await site.Get<RemovedItems>().PurgeAsync(DateTimeOffset.UtcNow.AddDays(31));
        site.Get<MediaFolder>().Find(path).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_copy_is_a_draft_of_ones_own_with_a_title_that_says_so()
    {
        var organizer = site.Site.As(EditorSite.Organizer);
        var form = await (await FilledForm.OpenAsync(site.Site.As(EditorSite.Administrator), "/manage/new/Page")).Set("TitlePart.Title", "ต้นแบบของหน้า").Set("MarkdownBodyPart.Markdown", "เนื้อหาที่ทำสำเนา").PressAsync("publish");
        var token = (await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}")).Value(FilledForm.Token);
        var answer = await organizer.PostAsync($"/manage/items/{form.Id}/copies", new FormUrlEncodedContent([new(FilledForm.Token, token)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var copy = await FilledForm.OpenAsync(organizer, answer.Headers.Location!.ToString());
        copy.Id.ShouldNotBe(form.Id);
        copy.Value("TitlePart.Title").ShouldBe("ต้นแบบของหน้า (สำเนา)");
        copy.Value("MarkdownBodyPart.Markdown").ShouldBe("เนื้อหาที่ทำสำเนา");
        copy.Text.ShouldContain("ทำสำเนาเป็นร่างแล้ว");
        (await copy.PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await site.Contents.GetAsync(copy.Id))!.Owner.ShouldBe("somchai");
        (await organizer.PostAsync($"/manage/items/{form.Id}/copies", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Site.As(EditorSite.Member).PostAsync($"/manage/items/{form.Id}/copies", new FormUrlEncodedContent([new(FilledForm.Token, token)]))).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    private static async Task<FilledForm> NewRecordingAsync(HttpClient client, string title) => (await FilledForm.OpenAsync(client, "/manage/new/Recording")).Set("TitlePart.Title", title);

    private static Task<HttpResponseMessage> RestoreAsync(HttpClient client, FilledForm form, string? id = null) =>
        client.PostAsync($"/manage/trash/{id ?? form.Id}/restoration", new FormUrlEncodedContent([new(FilledForm.Token, form.Value(FilledForm.Token))]));
}
