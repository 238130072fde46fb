using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>What is typed and not saved is kept for the one who typed it, and for nobody else.</summary>
public sealed class AutosaveTests(EditorSite site)
{
    [Fact]
    public async Task What_was_typed_comes_back_with_a_notice_and_goes_when_it_is_saved()
    {
        var organizer = site.As(EditorSite.Organizer);
        var saved = await (await Sessions.NewAsync(organizer, "ก่อนพิมพ์ค้าง", "5 เม.ย. 2566")).PressAsync();
        var versions = await VersionsAsync(saved.Id);
        await KeepAsync(organizer, saved.Set("TitlePart.Title", "พิมพ์ค้างไว้"));

        var restored = await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}");
        restored.Text.ShouldContain("กู้คืนสิ่งที่พิมพ์ค้างไว้");
        restored.Value("TitlePart.Title").ShouldBe("พิมพ์ค้างไว้");
        (await VersionsAsync(saved.Id)).ShouldBe(versions);
        var other = await FilledForm.OpenAsync(site.As(EditorSite.OtherOrganizer), $"/manage/items/{saved.Id}");
        other.Value("TitlePart.Title").ShouldBe("ก่อนพิมพ์ค้าง");
        other.Text.ShouldNotContain("กู้คืนสิ่งที่พิมพ์");

        (await restored.PressAsync()).Text.ShouldContain("บันทึกร่างแล้ว");
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}")).Text.ShouldNotContain("กู้คืนสิ่งที่พิมพ์");
    }

    [Fact]
    public async Task What_was_typed_before_somebody_else_saved_still_meets_his_version()
    {
        var organizer = site.As(EditorSite.Organizer);
        var saved = await (await Sessions.NewAsync(organizer, "พิมพ์ค้างแล้วมีคนบันทึก", "6 เม.ย. 2566")).PressAsync();
        await KeepAsync(organizer, saved.Set("CopSession.OneLine", "ของฉัน"));
        await (await FilledForm.OpenAsync(site.As(EditorSite.OtherOrganizer), $"/manage/items/{saved.Id}")).Set("CopSession.OneLine", "ของคนอื่น").PressAsync();
        var restored = await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}");
        restored.Value("CopSession.OneLine").ShouldBe("ของฉัน");
        var conflict = await restored.PressAsync();
        conflict.Status.ShouldBe(HttpStatusCode.Conflict);
        conflict.Text.ShouldContain("ของคนอื่น");
    }

    [Fact]
    public async Task A_new_item_that_was_never_saved_comes_back_and_can_be_thrown_away()
    {
        var organizer = site.As("jintana|Organizer");
        await KeepAsync(organizer, (await FilledForm.OpenAsync(organizer, "/manage/new/Page")).Set("TitlePart.Title", "หน้าที่ยังไม่บันทึก"));
        var restored = await FilledForm.OpenAsync(organizer, "/manage/new/Page");
        restored.Value("TitlePart.Title").ShouldBe("หน้าที่ยังไม่บันทึก");
        (await organizer.GetAsync($"/manage/items/{restored.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await restored.SendAsync("autosave/removal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await FilledForm.OpenAsync(organizer, "/manage/new/Page")).Value("TitlePart.Title").ShouldBe("");
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_somebody_may_not_edit_or_of_what_is_too_long()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await FilledForm.OpenAsync(organizer, "/manage/new/Page");
        (await PostAsync(site.As(EditorSite.Member), form.Id, ("form", "Page"))).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(organizer, form.Id, (FilledForm.Token, form.Value(FilledForm.Token)), ("form", "Taxonomy"))).ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(organizer, form.Id, (FilledForm.Token, form.Value(FilledForm.Token)), ("form", "Page"), ("x", new string('ก', 2_000_001)))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_preview_is_what_readers_will_see_and_holds_nothing_that_runs()
    {
        var organizer = site.As(EditorSite.Organizer);
        var token = (await FilledForm.OpenAsync(organizer, "/manage/new/Page")).Value(FilledForm.Token);
        (await ShownAsync("MarkdownBodyPart", "**เน้น** <script>alert(1)</script>")).ShouldContain("<strong>เน้น</strong>");
        (await ShownAsync("HtmlBodyPart", "<p onclick=x>ก</p><script>alert(1)</script>")).ShouldNotContain("onclick");
        (await ShownAsync("HtmlBodyPart", "<script>alert(1)</script>")).ShouldNotContain("<script");

        async Task<string> ShownAsync(string kind, string text)
        {
            var content = new MultipartFormDataContent { { new StringContent(token), FilledForm.Token }, { new StringContent(kind), "kind" }, { new StringContent(text), "text" } };
            return await (await organizer.PostAsync("/manage/shown", content)).Content.ReadAsStringAsync();
        }
    }

    private static async Task KeepAsync(HttpClient client, FilledForm form)
    {
        var response = await client.PostAsync($"/manage/items/{form.Id}/autosave", new FormUrlEncodedContent(form.Fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).ShouldContain("เก็บสิ่งที่พิมพ์ไว้แล้ว");
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string id, params (string Name, string Value)[] fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), $"\"{name}\"");
        return (await client.PostAsync($"/manage/items/{id}/autosave", content)).StatusCode;
    }

    private Task<long> VersionsAsync(string id) => site.Services.GetRequiredService<Database>().FirstAsync<long>(
        "select count(*) from content_items where content_item_id = @id and document not like '%พิมพ์ค้างไว้%'", new { id });
}
