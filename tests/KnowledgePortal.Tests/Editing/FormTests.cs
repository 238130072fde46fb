using System.Net;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>What may be typed into the form, and what comes of it.</summary>
public sealed class FormTests(EditorSite site)
{
    [Theory]
    [InlineData("15/9/2565")]
    [InlineData("๑๕ ก.ย. ๖๕")]
    [InlineData("15 กันยายน 2565")]
    [InlineData("2022-09-15")]
    public async Task A_date_is_read_in_every_usual_form_in_either_box(string typed)
    {
        foreach (var box in new[] { "Text", "Day" })
        {
            var saved = await (await NewSessionAsync("วันที่หลายแบบ")).Set($"CopSession.HeldOn.{box}", typed).PressAsync();
            saved.Status.ShouldBe(HttpStatusCode.OK);
            (saved.Value("CopSession.HeldOn.Day"), saved.Value("CopSession.HeldOn.Month"), saved.Value("CopSession.HeldOn.Year")).ShouldBe(("15", "9", "2565"));
            saved.Text.ShouldContain("วันพฤหัสบดี");
            (await StoredAsync(saved.Id))["CopSession"]!["HeldOn"]!["Value"]!.ToString().ShouldBe("2022-09-15T00:00:00Z");
        }
    }

    [Theory]
    [InlineData("31/2/2565", "ไม่มีวันที่ 31 กุมภาพันธ์ 2565")]
    [InlineData("15/9/2022", "ช่องนี้ใช้ปี พ.ศ.")]
    [InlineData("15/13/2565", "ไม่มีเดือนที่ 13")]
    [InlineData("พรุ่งนี้", "อ่านวันที่")]
    public async Task A_date_that_cannot_be_is_refused_with_words_and_nothing_is_lost(string typed, string words)
    {
        var refused = await (await NewSessionAsync("วันที่ผิด")).Set("CopSession.HeldOn.Text", typed).Set("CopSession.Venue", "ห้องราชสีห์").PressAsync();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Single().ShouldContain(words);
        refused.Value("CopSession.HeldOn.Text").ShouldBe(typed);
        refused.Value("CopSession.Venue").ShouldBe("ห้องราชสีห์");
        refused.Page.QuerySelector(".errsum")!.HasAttribute("autofocus").ShouldBeTrue();
        refused.Page.QuerySelector(refused.Page.QuerySelector(".errsum li a")!.GetAttribute("href")!)!.GetAttribute("aria-invalid").ShouldBe("true");
        (await site.As(EditorSite.Organizer).GetAsync($"/manage/items/{refused.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_boxes_of_a_date_say_what_is_wrong_with_them()
    {
        var form = (await NewSessionAsync("วันที่ในช่อง")).Set("CopSession.HeldOn.Day", "31").Set("CopSession.HeldOn.Month", "2").Set("CopSession.HeldOn.Year", "2565");
        (await form.PressAsync()).Errors.ShouldBe(["ไม่มีวันที่ 31 กุมภาพันธ์ 2565 เดือนนี้มีวันที่ 1 ถึง 28"]);
        (await form.Set("CopSession.HeldOn.Day", "15").Set("CopSession.HeldOn.Year", "2022").PressAsync()).Errors.Single().ShouldContain("2565");
        (await form.Set("CopSession.HeldOn.Year", "").PressAsync()).Errors.Single().ShouldContain("ยังไม่มีปี");
    }

    [Fact]
    public async Task A_weekday_that_contradicts_is_a_warning()
    {
        var saved = await (await NewSessionAsync("วันในสัปดาห์ไม่ตรง")).Set("CopSession.HeldOn.Text", "วันจันทร์ที่ 15 กันยายน 2565").PressAsync();
        saved.Status.ShouldBe(HttpStatusCode.OK);
        saved.Text.ShouldContain("เป็นวันพฤหัสบดี ไม่ใช่วันจันทร์");
    }

    [Theory]
    [InlineData("TitlePart.Title", "", "กรอกชื่อเรื่อง")]
    [InlineData("CopSession.FiscalYear", "2022", "ให้พิมพ์ 2565")]
    [InlineData("CopSession.SeriesNo", "สี่", "ต้องเป็นตัวเลข")]
    [InlineData("CopSession.SeriesNo", "1.5", "ต้องเป็นจำนวนเต็ม")]
    [InlineData("CopSession.SeriesNo", "-1", "ต้องไม่น้อยกว่า 1")]
    [InlineData("CopSession.SeriesNo", "99999999999999999999999999999999", "ตัวเลข")]
    [InlineData("CopSession.StartTime", "25.00", "ไม่มีเวลา")]
    [InlineData("CopSession.Kind", "hack", "เลือกรูปแบบจากรายการ")]
    [InlineData("CopSession.VenueProvince", "nowhere", "จากรายการ")]
    [InlineData("CopSession.Community", "nobody", "จากรายการ")]
    [InlineData("CopSession.Source.Url", "javascript:alert(1)", "https://")]
    [InlineData("CopSession.Source.Url", "www.opdc.go.th", "https://")]
    [InlineData("CopSession.Source.Url", "https://user:pw@evil.example", "https://")]
    [InlineData("AutoroutePart.Path", "cop/moi/2563/<script>", "ใช้ “<” ไม่ได้")]
    [InlineData("AutoroutePart.Path", "cop/../x", "ใช้ “.” ไม่ได้")]
    [InlineData("CopSession.Venue", "\uFFFD", "อ่านไม่ได้")]
    public async Task A_wrong_value_is_refused_at_its_field(string name, string value, string words)
    {
        var refused = await (await NewSessionAsync("ค่าที่ผิด")).Set(name, value).PressAsync();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Single().ShouldContain(words);
        refused.Page.QuerySelector(".field.bad .err")!.TextContent.ShouldContain(words);
    }

    [Fact]
    public async Task Thai_digits_times_and_addresses_are_taken()
    {
        var saved = await (await NewSessionAsync("เลขไทย"))
            .Set("CopSession.SeriesNo", "๗").Set("CopSession.StartTime", "๑๓.๑๕ น.").Set("CopSession.Source.Url", "https://คลังความรู้.ไทย/ข่าว").PressAsync();
        saved.Errors.ShouldBeEmpty();
        var stored = await StoredAsync(saved.Id);
        stored["CopSession"]!["SeriesNo"]!["Value"]!.ToJsonString().ShouldBe("7");
        stored["CopSession"]!["StartTime"]!["Value"]!.ToString().ShouldBe("13:15:00");
        stored["CopSession"]!["Source"]!["Url"]!.ToString().ShouldBe("https://คลังความรู้.ไทย/ข่าว");
    }

    [Fact]
    public async Task Lengths_are_bounded_with_words()
    {
        var organizer = site.As(EditorSite.Organizer);
        foreach (var (name, length, words) in new[] { ("TitlePart.Title", 301, "300"), ("CopSession.Venue", 5_001, "5,000"), ("MarkdownBodyPart.Markdown", 200_001, "200,000") })
        {
            var refused = await (await NewSessionAsync("ยาว")).Set(name, new string('ก', length)).PressAsync();
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            refused.Errors.Single().ShouldContain(words);
            refused.Value(name).Length.ShouldBe(length);
        }
        var form = await NewSessionAsync("แถวมาก");
        form.Set("Takeaways.Rows", [.. Enumerable.Range(0, 300).Select(i => $"{i}")]);
        for (var i = 0; i < 300; i++) form.Set($"Takeaways[{i}].Type", "Takeaway").Set($"Takeaways[{i}].TitlePart.Title", "ข้อ");
        (await form.PressAsync()).Errors.Single().ShouldContain("200");
        organizer.Dispose();
    }

    [Fact]
    public async Task What_nobody_can_see_is_taken_out()
    {
        var saved = await (await NewSessionAsync("ก\0ข\u0007ค\u202Eง\r\nBcc: x@example.org"))
            .Set("MarkdownBodyPart.Markdown", "หนึ่ง\r\nสอง\u0001\u2066สาม").PressAsync();
        var stored = await StoredAsync(saved.Id);
        stored["TitlePart"]!["Title"]!.ToString().ShouldBe("กขคง Bcc: x@example.org");
        stored["MarkdownBodyPart"]!["Markdown"]!.ToString().ShouldBe("หนึ่ง\nสองสาม");
    }

    [Fact]
    public async Task Hostile_text_is_stored_and_shown_as_text()
    {
        const string Hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![](data:text/html,x) <img src=x onerror=alert(1)>";
        var form = (await NewSessionAsync("<img src=x onerror=alert(1)>")).Set("CopSession.HeldOn.Text", "5 มี.ค. 2566").Set("MarkdownBodyPart.Markdown", Hostile).Set("CopSession.Objectives", Hostile);
        form.Set("AutoroutePart.Path", "cop/moi/2566/hostile");
        var published = await form.PressAsync("publish");
        published.Errors.ShouldBeEmpty();
        published.Value("TitlePart.Title").ShouldBe("<img src=x onerror=alert(1)>");
        var page = await FilledForm.OpenAsync(site.As(null), "/cop/moi/2566/hostile");
        page.Page.QuerySelectorAll("main script, main [onerror], main img[src='x']").ShouldBeEmpty();
        page.Page.QuerySelectorAll("main a").ShouldAllBe(a => !(a.GetAttribute("href") ?? "").Contains("script:"));
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("![")]
    [InlineData("*_")]
    [InlineData("`")]
    public async Task Markdown_made_to_exhaust_its_reader_is_refused_or_shown_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000));
        var answer = await (await NewSessionAsync("ลึก")).Set("MarkdownBodyPart.Markdown", text).PressAsync("show:MarkdownBodyPart.Markdown");
        ((int)answer.Status).ShouldBeLessThan(500);
        ((int)(await answer.PressAsync()).Status).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task Parts_and_fields_that_the_form_does_not_know_stay_as_they_are()
    {
        var services = site.Services;
        var id = ContentIds.New();
        var item = ContentItemJson.Read(JsonNode.Parse($$"""
            { "ContentItemId": "{{id}}", "ContentType": "Page", "DisplayText": "หน้าจากที่อื่น", "Latest": true, "Published": false, "Owner": "x", "Author": "x",
              "TitlePart": { "Title": "หน้าจากที่อื่น", "Extra": 1 }, "AutoroutePart": { "Path": "from-elsewhere", "SetHomepage": false },
              "SeoMetaPart": { "PageTitle": "คงอยู่" }, "Page": { "Summary": { "Text": "ก", "Note": "คงอยู่" }, "Unknown": { "Deep": [1, 2] } } }
            """)!.AsObject());
        await using (var transaction = await services.GetRequiredService<Database>().BeginAsync())
        {
            await services.GetRequiredService<ContentManager>().ImportAsync(item, transaction);
            await transaction.CommitAsync();
        }
        var saved = await (await FilledForm.OpenAsync(site.As(EditorSite.Organizer), $"/manage/items/{id}")).Set("Page.Summary", "ข").PressAsync();
        saved.Errors.ShouldBeEmpty();
        var stored = await StoredAsync(id);
        stored["SeoMetaPart"]!["PageTitle"]!.ToString().ShouldBe("คงอยู่");
        stored["Page"]!["Unknown"]!["Deep"]!.AsArray().Count.ShouldBe(2);
        stored["Page"]!["Summary"]!.ToJsonString(JsonText.Options).ShouldBe("""{"Text":"ข","Note":"คงอยู่"}""");
        stored["TitlePart"]!["Extra"]!.ToJsonString().ShouldBe("1");
    }

    [Fact]
    public async Task A_demo_session_that_is_opened_and_saved_unchanged_keeps_every_field()
    {
        var before = await StoredAsync(DemoItems.MinistryWorkshop);
        var saved = await (await FilledForm.OpenAsync(site.As(EditorSite.Organizer), $"/manage/items/{DemoItems.MinistryWorkshop}")).PressAsync();
        saved.Errors.ShouldBeEmpty();
        var after = await StoredAsync(DemoItems.MinistryWorkshop);
        foreach (var (part, value) in before.Where(p => p.Value is JsonObject))
            JsonNode.DeepEquals(after[part], value).ShouldBeTrue($"{part}: {value!.ToJsonString(JsonText.Options)} became {after[part]?.ToJsonString(JsonText.Options)}");
        (await saved.SendAsync("discard")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Rows_are_added_moved_and_removed_without_scripts()
    {
        var form = await NewSessionAsync("แถว");
        foreach (var title in new[] { "หนึ่ง", "สอง", "สาม" })
        {
            form = await form.PressAsync("add:Takeaways:Takeaway");
            form.Status.ShouldBe(HttpStatusCode.OK);
            form.Set($"Takeaways[{form.Values("Takeaways.Rows").Count - 1}].TitlePart.Title", title);
        }
        form = await form.PressAsync("up:Takeaways:2");
        Titles(form).ShouldBe(["หนึ่ง", "สาม", "สอง"]);
        form = await form.PressAsync("remove:Takeaways:0");
        Titles(form).ShouldBe(["สาม", "สอง"]);
        form = await form.PressAsync("down:Takeaways:0");
        form = await (await form.PressAsync("add:Takeaways:Takeaway")).PressAsync();
        Titles(form).ShouldBe(["สอง", "สาม"], "a row that was not filled in is not kept");
        var rows = (await StoredAsync(form.Id))["Takeaways"]!["ContentItems"]!.AsArray();
        rows.Select(r => r!["DisplayText"]!.ToString()).ShouldBe(["สอง", "สาม"]);
        rows.Select(r => r!["ContentItemId"]!.ToString().Length).ShouldAllBe(length => length == 26);

        var ids = rows.Select(r => r!["ContentItemId"]!.ToString()).ToList();
        form = await (await form.PressAsync("up:Takeaways:1")).PressAsync();
        (await StoredAsync(form.Id))["Takeaways"]!["ContentItems"]!.AsArray().Select(r => r!["ContentItemId"]!.ToString()).ShouldBe([ids[1], ids[0]]);

        static IEnumerable<string> Titles(FilledForm form) => form.Values("Takeaways.Rows").Select(r => form.Value($"Takeaways[{r}].TitlePart.Title"));
    }

    [Fact]
    public async Task A_number_of_a_community_and_year_is_given_once_and_an_end_comes_after_its_start()
    {
        var form = await Sessions.NewAsync(site.As(EditorSite.Organizer), "ครั้งที่ซ้ำ", "9 ก.ค. 2563");
        var refused = await form.Set("CopSession.SeriesNo", "4").Set("CopSession.StartTime", "15.00").Set("CopSession.EndTime", "13.00").PressAsync("publish");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.ShouldContain(e => e.Contains("ครั้งที่ 4 ปีงบประมาณ 2563 มีแล้ว"));
        refused.Errors.ShouldContain("เวลาเลิกต้องอยู่หลังเวลาเริ่ม");
        var taken = await form.Set("CopSession.SeriesNo", "").Set("CopSession.EndTime", "16.00").Set("AutoroutePart.Path", "cop/moi/2563/4").PressAsync("publish");
        taken.Errors.Single().ShouldContain("มีรายการอื่นใช้แล้ว");
        (await form.Set("AutoroutePart.Path", "practices/x").PressAsync("publish")).Errors.Single().ShouldContain("cop/moi/2563/");
    }

    [Theory]
    [InlineData("Community", "cop/ชุมชนทดสอบ-community")]
    [InlineData("BestPractice", "practices/แนวปฏิบัติทดสอบ-bestpractice")]
    [InlineData("KnowledgeProgramme", "practices/แนวปฏิบัติทดสอบ-knowledgeprogramme")]
    [InlineData("Article", "articles/ข่าวทดสอบ-article")]
    [InlineData("Page", "หน้าทดสอบ-page")]
    public async Task Every_type_has_a_form_and_gets_an_address_from_its_title(string type, string path)
    {
        var form = await FilledForm.OpenAsync(site.As(EditorSite.Organizer), $"/manage/new/{type}");
        form.Status.ShouldBe(HttpStatusCode.OK);
        if (type == "Community") form.Set("Community.ShortName", "ชท.");
        var published = await form.Set("TitlePart.Title", path[(path.LastIndexOf('/') + 1)..].Replace('-', ' ')).PressAsync("publish");
        published.Errors.ShouldBeEmpty();
        published.Value("AutoroutePart.Path").ShouldBe(path);
        (await site.As(null).GetAsync("/" + path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await published.SendAsync("removal")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("CopSession")]
    [InlineData("Recording")]
    [InlineData("Article")]
    public async Task A_form_opens_on_a_site_that_has_nothing_to_choose_yet(string type)
    {
        await using var empty = new EditorSite { Recipe = "setup.recipe.json" };
        await empty.InitializeAsync();
        var form = await FilledForm.OpenAsync(empty.As(EditorSite.Organizer), $"/manage/new/{type}");
        form.Status.ShouldBe(HttpStatusCode.OK);
        (await form.Set("TitlePart.Title", "รายการแรก").PressAsync()).Text.ShouldContain("บันทึกร่างแล้ว");
    }

    [Fact]
    public async Task An_address_follows_the_title_until_somebody_types_it_or_it_is_published()
    {
        var saved = await (await Sessions.NewAsync(site.As(EditorSite.Organizer), "ชื่อเดิม", "6 มี.ค. 2566")).PressAsync();
        saved.Value("AutoroutePart.Path").ShouldBe("cop/moi/2566/ชื่อเดิม");
        saved = await saved.Set("TitlePart.Title", "ชื่อใหม่").PressAsync();
        saved.Value("AutoroutePart.Path").ShouldBe("cop/moi/2566/ชื่อใหม่");
        saved = await saved.Set("AutoroutePart.Path", "cop/moi/2566/ตั้งเอง").PressAsync();
        saved = await saved.Set("TitlePart.Title", "ชื่อที่สาม").PressAsync();
        saved.Value("AutoroutePart.Path").ShouldBe("cop/moi/2566/ตั้งเอง");
    }

    [Fact]
    public async Task A_field_that_no_form_has_changes_nothing()
    {
        var form = await NewSessionAsync("ส่งเกินมา");
        foreach (var name in new[] { "Owner", "ContentItemId", "Published", "PublishedUtc", "isAdmin", "roles", "id", "SeoMetaPart.PageTitle", "CopSession.Unknown" }) form.Set(name, "true");
        var saved = await form.PressAsync();
        var stored = await StoredAsync(saved.Id);
        (stored["Owner"]!.ToString(), stored["Published"]!.GetValue<bool>()).ShouldBe(("somchai", false));
        stored["SeoMetaPart"].ShouldBeNull();
        stored["CopSession"]!["Unknown"].ShouldBeNull();
    }

    private async Task<FilledForm> NewSessionAsync(string title) =>
        (await FilledForm.OpenAsync(site.As(EditorSite.Organizer), "/manage/new/CopSession")).Set("TitlePart.Title", title).Set("CopSession.Community", DemoItems.MinistryCommunity);

    private async Task<JsonObject> StoredAsync(string id) =>
        ContentItemJson.Write((await site.Services.GetRequiredService<ContentManager>().GetAsync(id, VersionOptions.Latest))!);
}
