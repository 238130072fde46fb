using System.Net;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Definitions;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>Every kind of field and part through the form: what is typed, what is stored, what is kept.</summary>
public sealed class KindsTests(EditorSite site)
{
    private static readonly string[] Fields =
    [
        "TextField", "HtmlField", "MarkdownField", "BooleanField", "NumericField", "DateField", "DateTimeField", "TimeField", "LinkField", "MediaField", "ContentPickerField",
        "TaxonomyField", "UserPickerField", "MultiTextField", "YoutubeField", "GeoPointField", "LocalizationSetContentPickerField",
    ];

    private HttpClient Admin => site.As(EditorSite.Administrator);

    [Fact]
    public async Task Every_kind_of_field_is_typed_and_stored_as_Orchard_writes_it()
    {
        var type = await DefineAsync("EveryField");
        var form = await FilledForm.OpenAsync(Admin, $"/manage/new/{type}");
        var person = form.Choice($"{type}.UserPickerField", "ผู้จัดสาธิต");
        form.Set("TitlePart.Title", "ครบทุกชนิด").Set($"{type}.TextField", "ข้อความ").Set($"{type}.HtmlField", "<p onclick=x>ย่อหน้า</p>").Set($"{type}.MarkdownField", "**เน้น**")
            .Set($"{type}.BooleanField", "true").Set($"{type}.NumericField", "๑๒").Set($"{type}.DateField.Text", "9 ก.ค. 2563").Set($"{type}.DateTimeField.Text", "9 ก.ค. 2563")
            .Set($"{type}.DateTimeField.Time", "00.30").Set($"{type}.TimeField", "13.15").Set($"{type}.LinkField.Url", "https://พังงา.org/ข่าว").Set($"{type}.LinkField.Text", "พังงา")
            .Set($"{type}.ContentPickerField", DemoItems.Session4Of2563).Set($"{type}.TaxonomyField", form.Choice($"{type}.TaxonomyField", "นวัตกรรมภาครัฐ")).Set($"{type}.UserPickerField", person)
            .Set($"{type}.MultiTextField", "หนึ่ง\nสอง").Set($"{type}.YoutubeField", "https://youtu.be/dQw4w9WgXcQ?t=5").Set($"{type}.GeoPointField.Latitude", "13.7563, 100.5018");
        var saved = await form.PressAsync("publish");
        saved.Errors.ShouldBeEmpty();

        var stored = (await StoredAsync(saved.Id))[type]!;
        stored["HtmlField"]!.ToJsonString(JsonText.Options).ShouldBe("""{"Html":"<p onclick=x>ย่อหน้า</p>"}""");
        stored["DateTimeField"]!["Value"]!.ToString().ShouldBe("2020-07-08T17:30:00Z");
        stored["TimeField"]!["Value"]!.ToString().ShouldBe("13:15:00");
        stored["NumericField"]!["Value"]!.ToJsonString().ShouldBe("12");
        stored["LinkField"]!["Url"]!.ToString().ShouldBe("https://พังงา.org/ข่าว");
        stored["ContentPickerField"]!["ContentItemIds"]![0]!.ToString().ShouldBe(DemoItems.Session4Of2563);
        (stored["UserPickerField"]!["UserIds"]![0]!.ToString(), stored["UserPickerField"]!["UserNames"]![0]!.ToString()).ShouldBe((person, "ผู้จัดสาธิต"));
        stored["MultiTextField"]!["Values"]!.AsArray().Count.ShouldBe(2);
        stored["YoutubeField"]!["EmbeddedAddress"]!.ToString().ShouldBe("https://www.youtube.com/embed/dQw4w9WgXcQ");
        (stored["GeoPointField"]!["Latitude"]!.GetValue<decimal>(), stored["GeoPointField"]!["Longitude"]!.GetValue<decimal>()).ShouldBe((13.7563m, 100.5018m));
        (saved.Value($"{type}.DateTimeField.Day"), saved.Value($"{type}.DateTimeField.Year"), saved.Value($"{type}.DateTimeField.Time")).ShouldBe(("9", "2563", "00.30"));
        var page = await FilledForm.OpenAsync(site.As(null), "/" + saved.Value("AutoroutePart.Path"));
        page.Text.ShouldContain("ย่อหน้า");
        page.Page.QuerySelector("[onclick]").ShouldBeNull();
    }

    [Fact]
    public async Task A_form_saved_as_it_is_changes_nothing_in_any_field_or_part_and_keeps_what_it_does_not_know()
    {
        var type = await DefineAsync("Untouched");
        var saved = await (await FilledForm.OpenAsync(Admin, $"/manage/new/{type}")).Set("TitlePart.Title", "คงเดิม").PressAsync();
        const string Foreign =
            """
            {"TextField":{"Text":"ก","Acme":1},"HtmlField":{"Html":"<p>หนึ่ง</p>\r\n<p>สอง</p>"},"MarkdownField":{"Markdown":"ก\r\nข"},"BooleanField":{"Value":true},"NumericField":{"Value":3.0},
             "DateField":{"Value":"2026-05-03"},"DateTimeField":{"Value":"2026-05-03T01:02:03Z"},"TimeField":{"Value":"13:30:15"},"LinkField":{"Url":"~/about","Text":"เกี่ยวกับ","Target":"_blank"},
             "MediaField":{"Paths":["a.pdf"],"MediaTexts":["ก"],"Anchors":[{"X":0.5,"Y":0.5}],"AttachedFileNames":["ข"]},"ContentPickerField":{"ContentItemIds":["gone0000000000000000000000"]},
             "TaxonomyField":{"TaxonomyContentItemId":"x","TermContentItemIds":["gone0000000000000000000001"],"TagNames":["หายไป"]},"UserPickerField":{"UserIds":["gone"],"UserNames":["ใครบางคน"]},
             "MultiTextField":{"Values":["ก","ข"]},"YoutubeField":{"RawAddress":"not a film","EmbeddedAddress":"kept"},"GeoPointField":{"Latitude":13.5,"Longitude":100.25},
             "LocalizationSetContentPickerField":{"LocalizationSets":["set-1"]},"AcmeField":{"Deep":{"Er":[1,2]}}}
            """;
        await EditAsync(saved.Id, json =>
        {
            json[type] = JsonNode.Parse(Foreign);
            json["AcmePart"] = new JsonObject { ["Any"] = "thing" };
            json["SeoMetaPart"] = new JsonObject { ["PageTitle"] = "ชื่อ", ["Render"] = true, ["CustomMetaTags"] = new JsonArray(new JsonObject { ["Name"] = "x" }) };
        });
        var before = await StoredAsync(saved.Id);
        var again = await (await FilledForm.OpenAsync(Admin, $"/manage/items/{saved.Id}")).PressAsync();
        again.Errors.ShouldBeEmpty();
        var after = await StoredAsync(saved.Id);
        foreach (var (name, value) in before.Where(m => m.Key is not "ModifiedUtc")) after[name]?.ToJsonString().ShouldBe(value?.ToJsonString(), name);
        again.Text.ShouldContain("set-1");
    }

    [Theory]
    [InlineData("DateTimeField.Time", "13.15", "ยังไม่มีวันที่")]
    [InlineData("DateTimeField.Text", "9 ก.ค. 2563", "ยังไม่มีเวลา")]
    [InlineData("GeoPointField.Latitude", "95", "-90 ถึง 90")]
    [InlineData("YoutubeField", "https://evil.example/watch?v=dQw4w9WgXcQ", "YouTube")]
    [InlineData("YoutubeField", "javascript:alert(1)//youtu.be/dQw4w9WgXcQ", "YouTube")]
    [InlineData("UserPickerField", "nobody", "จากรายการ")]
    [InlineData("LinkField.Url", "//evil.example", "https://")]
    [InlineData("LinkField.Url", "/\\evil.example", "https://")]
    [InlineData("MediaField.Path", "other/person.pdf", "ใช้ไฟล์นี้ไม่ได้")]
    public async Task What_cannot_be_is_refused_at_its_field(string box, string value, string words)
    {
        var type = await DefineAsync("Refusing");
        var refused = await (await FilledForm.OpenAsync(Admin, $"/manage/new/{type}")).Set("TitlePart.Title", "ผิด").Set($"{type}.{box}", value).PressAsync();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Single().ShouldContain(words);
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_not_taken_into_a_row_either()
    {
        await DefinitionPagesTests.NewTypeAsync(Admin, "แกลเลอรี", "Gallery");
        await DefinitionPagesTests.NewTypeAsync(Admin, "ภาพในแกลเลอรี", "GalleryPicture");
        await DefinitionPagesTests.AddFieldAsync(Admin, "GalleryPicture", "ไฟล์", "MediaField", "File");
        await (await SentForm.OfAsync(Admin, "/admin/types/Gallery", "/admin/types/Gallery/parts")).Set("PartName", "BagPart").Set("As", "Pictures").SendAsync();
        await (await SentForm.OfAsync(Admin, "/admin/types/Gallery/parts/Pictures")).Set("BagPartSettings.ContainedContentTypes", "GalleryPicture").SendAsync();
        var form = await (await FilledForm.OpenAsync(Admin, "/manage/new/Gallery")).Set("TitlePart.Title", "ภาพของคนอื่น").PressAsync("add:Pictures:GalleryPicture");
        var refused = await form.Set("Pictures[0].TitlePart.Title", "ภาพ").Set("Pictures[0].GalleryPicture.File.Path", "other/person.pdf").PressAsync();
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Errors.Single().ShouldContain("ใช้ไฟล์นี้ไม่ได้");
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_searched_and_what_is_chosen_is_kept()
    {
        var type = await DefineAsync("Searching", multiple: true);
        await using (var transaction = await site.Services.GetRequiredService<Database>().BeginAsync())
        {
            var contents = site.Services.GetRequiredService<ContentManager>();
            for (var i = 0; i < 210; i++)
                await contents.ImportAsync(
                    new ContentItem
                    {
                        ContentItemId = ContentIds.New(), ContentItemVersionId = ContentIds.New(), ContentType = "Article", DisplayText = $"บทความลำดับ {i:000}", Latest = true, Published = true,
                        CreatedUtc = DateTime.UnixEpoch, ModifiedUtc = DateTime.UnixEpoch, PublishedUtc = DateTime.UnixEpoch,
                    },
                    transaction);
            await transaction.CommitAsync();
        }
        var form = await FilledForm.OpenAsync(Admin, $"/manage/new/{type}");
        form.Page.QuerySelectorAll($"input[name='{type}.ContentPickerField']").Count.ShouldBe(0);
        var found = await form.Set("TitlePart.Title", "ค้น").Set($"{type}.ContentPickerField.Find", "ลำดับ 123").PressAsync($"find:{type}.ContentPickerField");
        var id = found.Choice($"{type}.ContentPickerField", "บทความลำดับ 123");
        var saved = await found.Set($"{type}.ContentPickerField", id).PressAsync();
        saved.Values($"{type}.ContentPickerField").ShouldBe([id]);
        saved.Text.ShouldContain("บทความลำดับ 123");
        (await Admin.GetStringAsync($"/manage/choices/{type}/{type}.ContentPickerField?q={Uri.EscapeDataString("ลำดับ 20")}")).ShouldContain(id[..0] + "\"label\"");
        (await site.As(EditorSite.Member).GetAsync($"/manage/choices/{type}/{type}.ContentPickerField?q=x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await FilledForm.OpenAsync(Admin, $"/manage/items/{saved.Id}")).Set($"{type}.ContentPickerField", "forged").PressAsync()).Errors.Single().ShouldContain("จากรายการ");
    }

    [Fact]
    public async Task A_new_tag_joins_its_taxonomy_once_and_has_a_page()
    {
        var type = await DefineAsync("Tagging");
        var organizer = Admin;
        var saved = await (await FilledForm.OpenAsync(organizer, $"/manage/new/{type}")).Set("TitlePart.Title", "แท็กใหม่").Set($"{type}.TaxonomyField.New", "ตลาดน้ำ, นวัตกรรมภาครัฐ").PressAsync("publish");
        saved.Errors.ShouldBeEmpty();
        var stored = (await StoredAsync(saved.Id))[type]!["TaxonomyField"]!;
        stored["TagNames"]!.AsArray().Select(n => n!.ToString()).ShouldBe(["นวัตกรรมภาครัฐ", "ตลาดน้ำ"], ignoreOrder: true);
        var again = await (await FilledForm.OpenAsync(organizer, $"/manage/new/{type}")).Set("TitlePart.Title", "แท็กเดิม").Set($"{type}.TaxonomyField.New", "ตลาดน้ำ").PressAsync("publish");
        (await StoredAsync(again.Id))[type]!["TaxonomyField"]!["TermContentItemIds"]![0]!.ToString()
            .ShouldBe(stored["TermContentItemIds"]!.AsArray().Single(id => id!.ToString() != "4y21jxc0yhhm2e8w75p8z24pgf")!.ToString());
        var page = await site.As(null).GetAsync("/topics/ตลาดน้ำ");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A type with one field of every kind, each named as its kind.</summary>
    private async Task<string> DefineAsync(string name, bool multiple = false)
    {
        if (await site.Services.GetRequiredService<Database>().FirstAsync<string>("select name from content_type_definitions where name = @name", new { name }) is not null) return name;
        await DefinitionPagesTests.NewTypeAsync(Admin, "ชนิด " + name, name);
        foreach (var field in Fields) await DefinitionPagesTests.AddFieldAsync(Admin, name, "ช่อง " + field, field, field);
        await SetAsync("TaxonomyField", ("TaxonomyFieldSettings.TaxonomyContentItemId", "4gkf9cw9zs0pxdd6xtn10era9f"), ("ContentPartFieldSettings.Editor", "Tags"));
        await SetAsync("ContentPickerField", ("ContentPickerFieldSettings.DisplayedContentTypes", multiple ? "Article" : "CopSession"), ("ContentPickerFieldSettings.Multiple", multiple ? "true" : ""));
        return name;

        async Task SetAsync(string field, params (string Name, string Value)[] settings)
        {
            var form = await SentForm.OfAsync(Admin, $"/admin/parts/{name}/fields/{field}");
            foreach (var (setting, value) in settings) form.Set(setting, value);
            (await form.SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther, field);
        }
    }

    private async Task<JsonObject> StoredAsync(string id) => JsonNode.Parse((await site.Services.GetRequiredService<Database>().FirstAsync<string>(
        "select document from content_items where content_item_id = @id and latest = 1", new { id }))!)!.AsObject();

    private async Task EditAsync(string id, Action<JsonObject> change)
    {
        var json = await StoredAsync(id);
        change(json);
        await using var transaction = await site.Services.GetRequiredService<Database>().BeginAsync();
        await transaction.ExecuteAsync("update content_items set document = @document where content_item_id = @id and latest = 1", new { id, document = json.ToJsonString(JsonText.Options) });
        await transaction.CommitAsync();
    }
}
