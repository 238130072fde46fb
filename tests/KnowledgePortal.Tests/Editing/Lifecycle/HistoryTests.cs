using System.Net;
using AngleSharp.Dom;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing.Lifecycle;

/// <summary>Who changed what when, in the words of the form; and the way back.</summary>
public sealed class HistoryTests(EditorSite site)
{
    [Fact]
    public async Task The_history_says_by_field_what_each_version_changed_and_which_one_readers_see()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await (await Sessions.NewAsync(organizer, "ประวัติอ่านรู้เรื่อง", "12 มี.ค. 2566")).Set("CopSession.OneLine", "ประโยคแรกของบันทึก").PressAsync("publish");
        form = await form.Set("CopSession.OneLine", "ประโยคใหม่ของบันทึก").Set("CopSession.HeldOn.Day", "13").PressAsync();

        var history = await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}/history");
        var entries = history.Page.QuerySelectorAll(".versions > li");
        entries.Length.ShouldBe(2);
        Text(entries[0]).ShouldContain("ร่างล่าสุด");
        Text(entries[0]).ShouldContain("เปลี่ยน");
        Text(entries[0]).ShouldContain("วันที่จัด");
        Text(entries[0]).ShouldContain("somchai");
        Text(entries[1]).ShouldContain("ผู้อ่านเห็นฉบับนี้");
        Text(entries[1]).ShouldContain("ฉบับแรก");

        var compare = await FilledForm.OpenAsync(organizer, entries[0].QuerySelector("a[href*=compare]")!.GetAttribute("href")!);
        var line = Difference(compare, "สรุปหนึ่งบรรทัด");
        line.QuerySelectorAll("del").Select(Text).ShouldBe(["แรก"]);
        line.QuerySelectorAll("ins").Select(Text).ShouldBe(["ใหม่"]);
        var day = Difference(compare, "วันที่จัด");
        Text(day).ShouldContain("12");
        Text(day.QuerySelector("ins")!).ShouldContain("13");
        compare.Page.QuerySelectorAll(".difference h3").Select(Text).ShouldBe(["สรุปหนึ่งบรรทัด", "วันที่จัด"], ignoreOrder: true);
    }

    [Fact]
    public async Task Lists_bags_and_media_are_compared_by_entry_and_any_two_versions_can_be_chosen()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await Sessions.NewAsync(organizer, "เทียบรายการ", "14 มี.ค. 2566");
        form = await form.Set("CopSession.AttendingOrganisations", "ข้อหนึ่ง\nข้อสอง").PressAsync("add:Speakers:Speaker");
        form = await form.Set("Speakers[0].TitlePart.Title", "วิทยากรคนที่หนึ่ง").PressAsync();
        form = await form.Set("CopSession.AttendingOrganisations", "ข้อสอง\nข้อสาม").Set("Speakers[0].Speaker.Position", "อธิบดี").PressAsync();
        form = await form.Set("TitlePart.Title", "เทียบรายการ แก้ชื่อ").PressAsync();

        var history = await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}/history");
        var versions = history.Page.QuerySelectorAll("input[name=to]").Select(i => i.GetAttribute("value")).ToList();
        versions.Count.ShouldBe(3);
        // The older stands on the left whichever was asked for first.
        foreach (var (from, to) in new[] { (versions[2], versions[0]), (versions[0], versions[2]) })
        {
            var compare = await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}/compare?from={from}&to={to}");
            Difference(compare, "หน่วยงานที่เข้าร่วม").QuerySelectorAll("li").Select(e => (e.ClassName, Text(e).Trim())).ShouldBe([("removed", "เอาออก: ข้อหนึ่ง"), ("same", "ข้อสอง"), ("added", "เพิ่ม: ข้อสาม")]);
            var speakers = Difference(compare, "ผู้พูด");
            Text(speakers.QuerySelector("li.changed")!).ShouldContain("วิทยากรคนที่หนึ่ง");
            Text(speakers.QuerySelector("li.changed ins")!).ShouldContain("อธิบดี");
            Difference(compare, "ชื่อเรื่อง").QuerySelectorAll("ins").Select(Text).ShouldBe([" แก้ชื่อ"]);
        }
    }

    [Fact]
    public async Task An_old_version_is_seen_as_its_page_would_be_and_restored_with_one_post()
    {
        var organizer = site.As(EditorSite.Organizer);
        var reader = site.As(null);
        var form = await (await Sessions.NewAsync(organizer, "ชื่อเดิมที่จะกลับมา", "15 มี.ค. 2566")).PressAsync("publish");
        var path = "/" + form.Value("AutoroutePart.Path");
        form = await form.Set("TitlePart.Title", "ชื่อใหม่ที่จะหายไป").PressAsync("publish");
        var old = await OldestAsync(organizer, form.Id);

        var seen = await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}/versions/{old}/preview");
        seen.Status.ShouldBe(HttpStatusCode.OK);
        seen.Text.ShouldContain("ชื่อเดิมที่จะกลับมา");
        seen.Page.QuerySelector(".preview-band")!.TextContent.ShouldContain("หน้าในฉบับ");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain("ชื่อใหม่ที่จะหายไป");

        var restored = await organizer.PostAsync($"/manage/items/{form.Id}/versions/{old}/restoration", new FormUrlEncodedContent([new(FilledForm.Token, form.Value(FilledForm.Token))]));
        restored.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var edited = await FilledForm.OpenAsync(organizer, restored.Headers.Location!.ToString());
        edited.Value("TitlePart.Title").ShouldBe("ชื่อเดิมที่จะกลับมา");
        edited.Text.ShouldContain("กลับมาเป็นร่างแล้ว");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain("ชื่อใหม่ที่จะหายไป");
        (await edited.PressAsync("publish")).Text.ShouldContain("เผยแพร่แล้ว");
        (await FilledForm.OpenAsync(reader, path)).Text.ShouldContain("ชื่อเดิมที่จะกลับมา");
        (await FilledForm.OpenAsync(organizer, $"/manage/items/{form.Id}/history")).Page.QuerySelectorAll(".versions > li").Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_version_that_cannot_be_a_page_says_so_and_one_of_another_item_is_not_found()
    {
        var organizer = site.As(EditorSite.Organizer);
        var form = await (await FilledForm.OpenAsync(organizer, "/manage/new/CopSession")).Set("TitlePart.Title", "ยังไม่ครบตั้งแต่ฉบับแรก").PressAsync();
        var version = await OldestAsync(organizer, form.Id);
        var preview = await organizer.GetAsync($"/manage/items/{form.Id}/versions/{version}/preview");
        preview.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await FilledForm.OpenAsync(organizer, preview.Headers.Location!.ToString())).Text.ShouldContain("แสดงเป็นหน้าเว็บไม่ได้");
        foreach (var address in new[] { $"compare?to={version}", $"versions/{version}/preview" })
            (await organizer.GetAsync($"/manage/items/{DemoItems.Session4Of2563}/{address}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await organizer.GetAsync($"/manage/items/{form.Id}/compare?from=%00&to=x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_may_not_see_an_item_finds_neither_its_history_nor_its_versions()
    {
        var form = await (await Sessions.NewAsync(site.As(EditorSite.Organizer), "ประวัติลับ", "16 มี.ค. 2566")).PressAsync();
        var version = await OldestAsync(site.As(EditorSite.Organizer), form.Id);
        foreach (var user in new[] { EditorSite.Member, "nobody|" })
        {
            var other = site.As(user);
            foreach (var address in new[] { "history", $"compare?to={version}", $"versions/{version}/preview" })
                (await other.GetAsync($"/manage/items/{form.Id}/{address}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, address);
        }
        var member = site.As(EditorSite.Member);
        var own = await (await Sessions.NewAsync(member, "ของสมาชิกเอง", "16 มี.ค. 2566")).PressAsync();
        (await member.PostAsync($"/manage/items/{form.Id}/versions/{version}/restoration", new FormUrlEncodedContent([new(FilledForm.Token, own.Value(FilledForm.Token))]))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.As(EditorSite.Organizer).PostAsync($"/manage/items/{form.Id}/versions/{version}/restoration", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_thousand_versions_are_read_a_page_at_a_time()
    {
        // A site of its own: for as long as they are written nobody else writes to it.
        await using var own = new SetupSite();
        await own.InitializeAsync();
        var item = await own.DraftAsync("พันฉบับ");
        await own.DoAsync(async transaction =>
        {
            for (var n = 1; n < 1_000; n++)
            {
                var basedOn = ContentVersion.Of(item);
                item.Parts["TitlePart"]!["Title"] = item.DisplayText = $"พันฉบับ {n}";
                await own.Lifecycle.SaveDraftAsync(item, basedOn, new Actor("somchai"), transaction);
            }
        });
        var organizer = own.Site.As(EditorSite.Organizer);
        var first = await FilledForm.OpenAsync(organizer, $"/manage/items/{item.ContentItemId}/history");
        first.Text.ShouldContain("1,000");
        first.Page.QuerySelectorAll(".versions > li").Length.ShouldBe(20);
        var last = await FilledForm.OpenAsync(organizer, $"/manage/items/{item.ContentItemId}/history?page=99999");
        last.Page.QuerySelectorAll(".versions > li").Length.ShouldBe(20);
        Text(last.Page.QuerySelectorAll(".versions > li").Last()).ShouldContain("ฉบับแรก");
    }

    private static async Task<string> OldestAsync(HttpClient client, string id)
    {
        var history = await FilledForm.OpenAsync(client, $"/manage/items/{id}/history");
        return history.Page.QuerySelectorAll(".versions a[href*='compare?to=']").Last().GetAttribute("href")!.Split("to=")[1];
    }

    private static IElement Difference(FilledForm page, string label) =>
        page.Page.QuerySelectorAll(".differences > .difference").Single(d => Text(d.QuerySelector("h3")!) == label);

    private static string Text(IElement element) => element.TextContent.Replace('\u00A0', ' ').Replace("\u2060", "").Trim('\n', '\r');
}
