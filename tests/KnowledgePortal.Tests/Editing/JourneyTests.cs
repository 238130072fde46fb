using System.Net;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>From the first word of a draft to its withdrawal, and who sees what on the way.</summary>
public sealed class JourneyTests(EditorSite site)
{
    private const string Word = "กระเช้าลอยฟ้าภูกระดึง";

    [Fact]
    public async Task A_session_is_drafted_previewed_published_edited_and_withdrawn()
    {
        var organizer = site.As(EditorSite.Organizer);
        var reader = site.As(null);
        var form = await Sessions.NewAsync(organizer, $"{Word} ฉบับแรก", "15/9/2565");
        var saved = await form.PressAsync();
        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.Text.ShouldContain("บันทึกร่างแล้ว");
        saved.Value("CopSession.FiscalYear").ShouldBe("2565");
        var path = "/" + saved.Value("AutoroutePart.Path");
        path.ShouldBe($"/cop/moi/2565/{Word}-ฉบับแรก");
        await NobodySeesAsync(reader, path, saved.Id, Word);

        var preview = await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}/preview");
        preview.Status.ShouldBe(HttpStatusCode.OK);
        preview.Text.ShouldContain("ตัวอย่างก่อนเผยแพร่");
        preview.Text.ShouldContain($"{Word} ฉบับแรก");
        (await reader.GetAsync($"/manage/items/{saved.Id}/preview")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await NobodySeesAsync(reader, path, saved.Id, Word);

        var published = await saved.PressAsync("publish");
        published.Text.ShouldContain("เผยแพร่แล้ว");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain($"{Word} ฉบับแรก");
        await site.CatchUpAsync();
        (await reader.GetStringAsync("/search?q=" + Word)).ShouldContain("ฉบับแรก");
        (await reader.GetStringAsync("/feed.atom")).ShouldContain(Word);

        var edited = await published.Set("TitlePart.Title", $"{Word} ฉบับแก้").PressAsync();
        edited.Text.ShouldContain("มีการแก้ไขที่ยังไม่เผยแพร่");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain("ฉบับแรก");
        await site.CatchUpAsync();
        (await reader.GetStringAsync("/search?q=" + Word)).ShouldNotContain("ฉบับแก้");
        (await reader.GetStringAsync($"/api/v1/content/{saved.Id}")).ShouldNotContain("ฉบับแก้");
        (await edited.PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain("ฉบับแก้");

        var withdrawn = await edited.SendAsync("withdrawal");
        withdrawn.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await NobodySeesAsync(reader, path, saved.Id, Word);
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{saved.Id}/history")).Text.ShouldContain("ถอนการเผยแพร่");
    }

    [Fact]
    public async Task A_preview_leaves_nothing_behind()
    {
        var organizer = site.As(EditorSite.Organizer);
        var saved = await (await Sessions.NewAsync(organizer, "ร่างที่ดูตัวอย่างหลายครั้ง", "1 มี.ค. 2566")).PressAsync();
        var before = await HistoryAsync(organizer, saved.Id);
        for (var i = 0; i < 3; i++)
        {
            var preview = await organizer.GetAsync($"/manage/items/{saved.Id}/preview");
            preview.StatusCode.ShouldBe(HttpStatusCode.OK);
            preview.Headers.CacheControl!.NoStore.ShouldBeTrue();
            preview.Headers.GetValues("X-Robots-Tag").ShouldBe(["noindex"]);
        }
        (await HistoryAsync(organizer, saved.Id)).ShouldBe(before);
        (await site.As(EditorSite.Member).GetAsync($"/manage/items/{saved.Id}/preview")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_draft_that_cannot_be_published_cannot_be_previewed_and_says_why()
    {
        var organizer = site.As(EditorSite.Organizer);
        var saved = await (await FilledForm.OpenAsync(organizer, "/manage/new/CopSession")).Set("TitlePart.Title", "ยังไม่มีวันและชุมชน").PressAsync();
        var preview = await organizer.GetAsync($"/manage/items/{saved.Id}/preview");
        preview.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var check = await FilledForm.OpenAsync(organizer, preview.Headers.Location!.ToString());
        check.Errors.ShouldContain("กรอกวันที่จัด");
        check.Errors.ShouldContain("เลือกชุมชน");
        var refused = await check.PressAsync("publish");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldContain("กรอกวันที่จัด");
    }

    [Fact]
    public async Task Two_editors_of_one_item_lose_nothing()
    {
        var (first, second) = (site.As(EditorSite.Organizer), site.As(EditorSite.OtherOrganizer));
        var saved = await (await Sessions.NewAsync(first, "สองคนแก้พร้อมกัน", "2 มี.ค. 2566")).PressAsync();
        var mine = await FilledForm.OpenAsync(first, $"/manage/items/{saved.Id}");
        var theirs = await FilledForm.OpenAsync(second, $"/manage/items/{saved.Id}");
        (await theirs.Set("CopSession.OneLine", "ข้อความของประภา").PressAsync()).Text.ShouldContain("บันทึกร่างแล้ว");

        var stale = await mine.Set("CopSession.OneLine", "ข้อความของสมชาย").PressAsync();
        stale.Status.ShouldBe(HttpStatusCode.Conflict);
        stale.Value("CopSession.OneLine").ShouldBe("ข้อความของสมชาย");
        stale.Text.ShouldContain("ข้อความของประภา");
        stale.Text.ShouldContain("prapha");
        (await FilledForm.OpenAsync(second, $"/manage/items/{saved.Id}")).Value("CopSession.OneLine").ShouldBe("ข้อความของประภา");

        var again = await stale.PressAsync();
        again.Value("CopSession.OneLine").ShouldBe("ข้อความของสมชาย");
    }

    [Fact]
    public async Task A_form_sent_twice_saves_once()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await Sessions.NewAsync(organizer, "กดบันทึกสองครั้ง", "3 มี.ค. 2566");
        var first = await form.PressAsync();
        var second = await form.PressAsync();
        second.Status.ShouldBe(HttpStatusCode.OK);
        second.Id.ShouldBe(first.Id);
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{first.Id}/history")).Page.QuerySelectorAll(".versions > li").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_discarded_draft_gives_the_published_version_back_and_a_removed_item_is_gone()
    {
        var organizer = site.As(EditorSite.Organizer);
        var published = await (await Sessions.NewAsync(organizer, "ฉบับที่เผยแพร่", "4 มี.ค. 2566")).PressAsync("publish");
        published.Text.ShouldContain("เผยแพร่แล้ว");
        var edited = await published.Set("TitlePart.Title", "ฉบับที่จะทิ้ง").PressAsync();
        (await edited.SendAsync("discard")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{published.Id}")).Value("TitlePart.Title").ShouldBe("ฉบับที่เผยแพร่");

        var path = "/" + published.Value("AutoroutePart.Path");
        (await published.SendAsync("removal")).Headers.Location!.ToString().ShouldBe("/manage");
        (await organizer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await organizer.GetAsync($"/manage/items/{published.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // The form that is still open cannot bring it back.
        (await published.PressAsync()).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_withdrawn_and_republished_session_still_has_its_recording()
    {
        var own = new EditorSite();
        await own.InitializeAsync();
        await using var _ = own;
        var organizer = own.As(EditorSite.Administrator);
        var form = await FilledForm.OpenAsync(organizer, $"/manage/items/{DemoItems.ExchangeOf7December2564}");
        (await form.SendAsync("withdrawal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await organizer.GetAsync("/cop/opdc/2565/เคล็ดที่ไม่ลับ/watch")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await FilledForm.OpenAsync(organizer, $"/manage/items/{DemoItems.ExchangeOf7December2564}")).PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await organizer.GetStringAsync("/sitemap.xml")).ShouldContain("/watch");
    }

    private static async Task<string> HistoryAsync(HttpClient client, string id) => (await FilledForm.OpenAsync(client, $"/manage/items/{id}/history")).Text;

    private async Task NobodySeesAsync(HttpClient reader, string path, string id, string word)
    {
        await site.CatchUpAsync();
        (await reader.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.GetAsync($"/api/v1/content/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var list in new[] { $"/api/v1/search?q={word}", "/feed.atom", "/sitemap.xml", "/", "/cop", "/cop/moi", "/calendar?fy=2565", "/provinces/bangkok" })
        {
            var text = await reader.GetStringAsync(list);
            text.ShouldNotContain(id, customMessage: list);
            text.ShouldNotContain(Uri.EscapeDataString(word), customMessage: list);
            text.ShouldNotContain(word, customMessage: list);
        }
        // The page of results repeats the query itself, so only what stands in its list counts.
        (await FilledForm.OpenAsync(reader, "/search?q=" + word)).Page.QuerySelectorAll("main ol a, main article a").ShouldAllBe(a => !a.TextContent.Contains(word));
    }
}

/// <summary>Forms of sessions with what every session needs.</summary>
internal static class Sessions
{
    public static async Task<FilledForm> NewAsync(HttpClient client, string title, string date)
    {
        var form = await FilledForm.OpenAsync(client, "/manage/new/CopSession");
        return form.Set("TitlePart.Title", title).Set("CopSession.HeldOn.Text", date).Set("CopSession.Community", DemoItems.MinistryCommunity);
    }
}
