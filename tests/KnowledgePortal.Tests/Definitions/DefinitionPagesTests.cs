using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Definitions;

/// <summary>Types, parts and fields in the administrator's pages, and what becomes of content.</summary>
public sealed class DefinitionPagesTests(EditorSite site)
{
    private HttpClient Admin => site.As(EditorSite.Administrator);

    [Fact]
    public async Task A_type_is_made_given_fields_written_published_and_read()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "คู่มือการเดินทาง", "TravelGuide");
        await AddFieldAsync(admin, type, "ระยะทาง", "NumericField", "Distance");
        await AddFieldAsync(admin, type, "วันที่สำรวจ", "DateField", "SurveyedOn");
        await AddFieldAsync(admin, type, "วิธีเดินทาง", "TextField", "Way");
        var (saved, _) = await (await SentForm.OfAsync(admin, $"/admin/parts/{type}/fields/Way"))
            .Set("ContentPartFieldSettings.Editor", "PredefinedList").Set("TextFieldPredefinedListEditorSettings.Options", "bus | รถโดยสาร\ntrain | รถไฟ")
            .Set("TextFieldSettings.Required", "true").SendAsync();
        saved.ShouldBe(HttpStatusCode.SeeOther);

        var organizer = site.As(EditorSite.Organizer);
        var form = await FilledForm.OpenAsync(organizer, $"/manage/new/{type}");
        form.Status.ShouldBe(HttpStatusCode.OK);
        form.Set("TitlePart.Title", "ไปภูกระดึงอย่างไร").Set($"{type}.Distance", "512").Set($"{type}.SurveyedOn.Text", "9 ก.ค. 2563");
        (await form.PressAsync("publish")).Errors.ShouldBe(["กรอกวิธีเดินทาง"]);
        var published = await form.Set($"{type}.Way", "train").PressAsync("publish");
        published.Text.ShouldContain("เผยแพร่แล้ว");

        var page = await FilledForm.OpenAsync(site.As(null), "/" + published.Value("AutoroutePart.Path"));
        page.Status.ShouldBe(HttpStatusCode.OK);
        foreach (var shown in new[] { "ไปภูกระดึงอย่างไร", "ระยะทาง", "512", "9 กรกฎาคม 2563" }) page.Text.ShouldContain(shown);
    }

    [Fact]
    public async Task A_safe_name_is_proposed_and_a_wrong_one_is_refused_with_words()
    {
        var admin = Admin;
        var (status, page) = await (await SentForm.OfAsync(admin, "/admin/types")).Set("DisplayName", "คู่มือน้ำท่วม").SendAsync();
        status.ShouldBe(HttpStatusCode.SeeOther);
        page.QuerySelector(".cite code")!.TextContent.ShouldBe("Khumuenamthwm");
        foreach (var (name, words) in new[] { ("คู่มือ", "อังกฤษ"), ("9Lives", "ขึ้นต้นด้วยตัวอักษร"), ("TitlePart", "สงวนไว้"), ("owner", "สงวนไว้"), ("copsession", "อยู่แล้ว"), (new string('A', 65), "64") })
        {
            var (refused, again) = await (await SentForm.OfAsync(admin, "/admin/types")).Set("DisplayName", "ชื่อที่ไม่ซ้ำใคร").Set("Name", name).SendAsync();
            refused.ShouldBe(HttpStatusCode.UnprocessableEntity, name);
            again.QuerySelector("#field-Name-error")!.TextContent.ShouldContain(words);
        }
        var (unnamed, empty) = await (await SentForm.OfAsync(admin, "/admin/types")).SendAsync();
        unnamed.ShouldBe(HttpStatusCode.UnprocessableEntity);
        empty.QuerySelector("#field-DisplayName-error").ShouldNotBeNull();
    }

    [Fact]
    public async Task Settings_that_the_editor_does_not_know_stay_and_a_form_saved_as_it_was_changes_nothing()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "ชนิดที่มีของแปลก", "Strange");
        await AddFieldAsync(admin, type, "หมายเหตุ", "TextField", "Note");
        await EditRowAsync("content_part_definitions", type, json =>
        {
            json["ContentPartFieldDefinitionRecords"]![0]!["Settings"]!["AcmeFieldSettings"] = new JsonObject { ["Deep"] = new JsonObject { ["Er"] = 1 } };
            json["ContentPartFieldDefinitionRecords"]![0]!["Settings"]!["TextFieldSettings"] = new JsonObject { ["Hint"] = "คำแนะนำ", ["Acme"] = true };
            json["ContentPartFieldDefinitionRecords"]![0]!["AcmeBeside"] = "kept";
        });
        await EditRowAsync("content_type_definitions", type, json => json["Settings"]!["GraphQLContentTypeSettings"] = new JsonObject { ["Hidden"] = true });
        var (part, definition) = (await RowAsync("content_part_definitions", type), await RowAsync("content_type_definitions", type));

        (await (await SentForm.OfAsync(admin, $"/admin/parts/{type}/fields/Note")).SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await (await SentForm.OfAsync(admin, $"/admin/types/{type}")).SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await (await SentForm.OfAsync(admin, $"/admin/types/{type}/parts/AutoroutePart")).SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        JsonNode.DeepEquals(JsonNode.Parse(await RowAsync("content_part_definitions", type)), JsonNode.Parse(part)).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(await RowAsync("content_type_definitions", type)), JsonNode.Parse(definition)).ShouldBeTrue();

        await (await SentForm.OfAsync(admin, $"/admin/parts/{type}/fields/Note")).Set("TextFieldSettings.Hint", "ใหม่").SendAsync();
        var after = JsonNode.Parse(await RowAsync("content_part_definitions", type))!["ContentPartFieldDefinitionRecords"]![0]!;
        after["Settings"]!["TextFieldSettings"]!["Hint"]!.ToString().ShouldBe("ใหม่");
        after["Settings"]!["TextFieldSettings"]!["Acme"]!.GetValue<bool>().ShouldBeTrue();
        after["Settings"]!["AcmeFieldSettings"]!["Deep"]!["Er"]!.GetValue<int>().ShouldBe(1);
        after["AcmeBeside"]!.ToString().ShouldBe("kept");
    }

    [Fact]
    public async Task A_removed_field_keeps_its_text_in_every_item_and_shows_it_again_when_it_comes_back()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "ชนิดที่ลบช่อง", "Losing");
        await AddFieldAsync(admin, type, "ผู้ประสาน", "TextField", "Contact");
        var saved = await (await FilledForm.OpenAsync(admin, $"/manage/new/{type}")).Set("TitlePart.Title", "มีผู้ประสาน").Set($"{type}.Contact", "นางมาลี").PressAsync();
        var before = await ItemAsync(saved.Id);
        var page = await SentForm.PageAsync(admin, $"/admin/parts/{type}/fields/Contact");
        page.Body!.TextContent.ShouldContain("ข้อมูลที่กรอกไว้แล้วยังอยู่");
        await new SentForm(admin, page, $"/admin/parts/{type}/fields/Contact/removal").SendAsync();
        (await ItemAsync(saved.Id)).ShouldBe(before);
        var without = await FilledForm.OpenAsync(admin, $"/manage/items/{saved.Id}");
        without.Page.QuerySelector($"[name='{type}.Contact']").ShouldBeNull();
        (await without.Set("TitlePart.Title", "แก้ชื่อ").PressAsync()).Errors.ShouldBeEmpty();
        JsonNode.Parse(await ItemAsync(saved.Id))![type]!["Contact"]!["Text"]!.ToString().ShouldBe("นางมาลี");
        await AddFieldAsync(admin, type, "ผู้ประสาน", "TextField", "Contact");
        (await FilledForm.OpenAsync(admin, $"/manage/items/{saved.Id}")).Value($"{type}.Contact").ShouldBe("นางมาลี");
    }

    [Fact]
    public async Task Two_administrators_do_not_overwrite_each_other()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "ชนิดที่แก้พร้อมกัน", "Contested");
        var mine = await SentForm.OfAsync(admin, $"/admin/types/{type}");
        await (await SentForm.OfAsync(admin, $"/admin/types/{type}")).Set("DisplayName", "ชื่อของคนอื่น").SendAsync();
        var (status, page) = await mine.Set("ContentTypeSettings.Description", "คำอธิบายของฉัน").SendAsync();
        status.ShouldBe(HttpStatusCode.Conflict);
        page.Body!.TextContent.ShouldContain("มีผู้แก้ไข");
        page.QuerySelector<AngleSharp.Html.Dom.IHtmlInputElement>("[name='ContentTypeSettings.Description']")!.Value.ShouldBe("คำอธิบายของฉัน");
        (await RowAsync("content_type_definitions", type)).ShouldContain("ชื่อของคนอื่น");
        (await new SentForm(admin, page, $"/admin/types/{type}").SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        (await RowAsync("content_type_definitions", type)).ShouldContain("คำอธิบายของฉัน");
    }

    [Fact]
    public async Task Parts_and_fields_are_attached_moved_and_detached_with_buttons()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "ชนิดที่จัดลำดับ", "Ordered");
        foreach (var field in new[] { "One", "Two", "Three" }) await AddFieldAsync(admin, type, field, "TextField", field);
        var (_, page) = await (await SentForm.OfAsync(admin, $"/admin/types/{type}", $"/admin/parts/{type}/order")).SendAsync("up:Three");
        Order(page, $"/admin/parts/{type}/order").ShouldBe(["One", "Three", "Two"]);
        (_, page) = await (await SentForm.OfAsync(admin, $"/admin/types/{type}", $"/admin/types/{type}/parts")).Set("PartName", "BagPart").Set("As", "Stops").Set("Title", "จุดแวะ").SendAsync();
        Order(page, $"/admin/types/{type}/order").ShouldBe(["TitlePart", "AutoroutePart", type, "MarkdownBodyPart", "Stops"]);
        (_, page) = await new SentForm(admin, page, $"/admin/types/{type}/order").SendAsync("up:Stops");
        Order(page, $"/admin/types/{type}/order")[3].ShouldBe("Stops");
        var (refused, again) = await new SentForm(admin, page, $"/admin/types/{type}/parts").Set("PartName", "BagPart").Set("As", "Stops").SendAsync();
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity);
        again.QuerySelector("#field-As-error")!.TextContent.ShouldContain("มีส่วนชื่อ Stops");
        (_, page) = await (await SentForm.OfAsync(admin, $"/admin/types/{type}/parts/Stops", $"/admin/types/{type}/parts/Stops/removal")).SendAsync();
        Order(page, $"/admin/types/{type}/order").ShouldNotContain("Stops");

        // A row sent in another order, as dragging does it.
        (_, page) = await new SentForm(admin, page, $"/admin/parts/{type}/order").Set("Order", "Two", "One", "Three").SendAsync();
        Order(page, $"/admin/parts/{type}/order").ShouldBe(["Two", "One", "Three"]);
        var trail = await SentForm.PageAsync(admin, "/admin/audit");
        foreach (var words in new[] { "สร้างชนิดหรือส่วน", "เพิ่มช่อง", "ติดส่วน", "ถอดส่วน", "เรียงลำดับ" }) trail.Body!.TextContent.Replace("\u2060", "").ShouldContain(words);
    }

    [Fact]
    public async Task A_shared_part_serves_several_types()
    {
        var admin = Admin;
        var (status, page) = await (await SentForm.OfAsync(admin, "/admin/types", "/admin/parts")).Set("PartTitle", "ผู้รับผิดชอบ").Set("PartName", "Responsible").SendAsync();
        status.ShouldBe(HttpStatusCode.SeeOther);
        await new SentForm(admin, page, "/admin/parts/Responsible/fields").Set("FieldTitle", "ชื่อผู้รับผิดชอบ").Set("FieldName", "Person").Set("FieldKind", "TextField").SendAsync();
        var type = await NewTypeAsync(admin, "ชนิดที่มีผู้รับผิดชอบ", "Owned");
        await (await SentForm.OfAsync(admin, $"/admin/types/{type}", $"/admin/types/{type}/parts")).Set("PartName", "Responsible").SendAsync();
        (await FilledForm.OpenAsync(admin, $"/manage/new/{type}")).Page.QuerySelector("[name='Responsible.Person']").ShouldNotBeNull();
        (await SentForm.PageAsync(admin, "/admin/parts/Responsible")).Body!.TextContent.ShouldContain("ใช้ใน ชนิดที่มีผู้รับผิดชอบ");
    }

    [Fact]
    public async Task Bounds_that_contradict_each_other_and_choices_that_are_not_offered_are_refused()
    {
        var admin = Admin;
        var type = await NewTypeAsync(admin, "ชนิดที่มีขอบเขต", "Bounded");
        await AddFieldAsync(admin, type, "คะแนน", "NumericField", "Score");
        await AddFieldAsync(admin, type, "หมวด", "TaxonomyField", "Topic");
        await AddFieldAsync(admin, type, "สถานะ", "TextField", "State");
        await RefusedAsync("Score", "NumericFieldSettings.Maximum", "น้อยกว่า", ("NumericFieldSettings.Minimum", "5"), ("NumericFieldSettings.Maximum", "3"));
        await RefusedAsync("Score", "NumericFieldSettings.Scale", "ตัวเลข", ("NumericFieldSettings.Scale", "สอง"));
        await RefusedAsync("Topic", "TaxonomyFieldSettings.TaxonomyContentItemId", "เลือกชุดคำ", ("TaxonomyFieldSettings.Hint", "x"));
        await RefusedAsync("State", "ContentPartFieldSettings.Editor", "จากรายการ", ("ContentPartFieldSettings.Editor", "Monaco"));
        await RefusedAsync("State", "TextFieldPredefinedListEditorSettings.Options", "ซ้ำ", ("TextFieldPredefinedListEditorSettings.Options", "a | หนึ่ง\na | สอง"));
        await RefusedAsync("State", "TextFieldSettings.Hint", "500", ("TextFieldSettings.Hint", new string('ก', 501)));

        async Task RefusedAsync(string field, string box, string words, params (string Name, string Value)[] typed)
        {
            var form = await SentForm.OfAsync(admin, $"/admin/parts/{type}/fields/{field}");
            foreach (var (name, value) in typed) form.Set(name, value);
            var before = await RowAsync("content_part_definitions", type);
            var (status, page) = await form.SendAsync();
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, box);
            page.QuerySelector($"[name='{box}']")!.ParentElement!.QuerySelector(".err")!.TextContent.ShouldContain(words);
            (await RowAsync("content_part_definitions", type)).ShouldBe(before);
        }
    }

    [Fact]
    public async Task Only_administrators_find_the_pages_and_a_form_without_its_token_changes_nothing()
    {
        foreach (var path in new[] { "/admin/types", "/admin/types/Page", "/admin/types/Page/parts/TitlePart", "/admin/parts/Page/fields/Summary" })
        {
            (await site.As(EditorSite.Organizer).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await Admin.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
        foreach (var path in new[] { "/admin/types/Nothing", "/admin/parts/Nothing", "/admin/types/Page/parts/Nothing", "/admin/parts/Page/fields/Nothing" })
            (await Admin.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await Admin.PostAsync("/admin/types", new FormUrlEncodedContent([new("DisplayName", "ไม่มีโทเคน")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    internal static async Task<string> NewTypeAsync(HttpClient admin, string title, string name)
    {
        var (status, _) = await (await SentForm.OfAsync(admin, "/admin/types")).Set("DisplayName", title).Set("Name", name).SendAsync();
        status.ShouldBe(HttpStatusCode.SeeOther, title);
        return name;
    }

    internal static async Task AddFieldAsync(HttpClient admin, string part, string title, string kind, string name)
    {
        var (status, _) = await (await SentForm.OfAsync(admin, $"/admin/types/{part}", $"/admin/parts/{part}/fields")).Set("FieldTitle", title).Set("FieldKind", kind).Set("FieldName", name).SendAsync();
        status.ShouldBe(HttpStatusCode.SeeOther, name);
    }

    private static IReadOnlyList<string> Order(IDocument page, string action) =>
        [.. page.QuerySelectorAll<AngleSharp.Html.Dom.IHtmlInputElement>($"form[action='{action}'] [name=Order]").Select(i => i.Value)];

    private async Task<string> RowAsync(string table, string name) =>
        (await site.Services.GetRequiredService<Database>().FirstAsync<string>($"select document from {table} where name = @name", new { name }))!;

    private async Task<string> ItemAsync(string id) =>
        (await site.Services.GetRequiredService<Database>().FirstAsync<string>("select document from content_items where content_item_id = @id and latest = 1", new { id }))!;

    private async Task EditRowAsync(string table, string name, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(await RowAsync(table, name))!;
        change(json);
        await using var transaction = await site.Services.GetRequiredService<Database>().BeginAsync();
        await transaction.ExecuteAsync($"update {table} set document = @document where name = @name", new { name, document = json.ToJsonString(JsonText.Options) });
        await transaction.CommitAsync();
    }
}
