using System.Net;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Definitions;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Editing;

/// <summary>Terms of a taxonomy, entries of a menu, items of a list.</summary>
public sealed class TreesTests
{
    private const string Agencies = "4wqw46s9mgqrnhrssxez9wv1n7";

    [Fact]
    public async Task Terms_are_shown_as_they_lie_and_a_form_saved_as_it_is_changes_none()
    {
        await using var own = await OpenAsync();
        var admin = own.As(EditorSite.Administrator);
        var before = await StoredAsync(own, Agencies);
        var form = await FilledForm.OpenAsync(admin, $"/manage/items/{Agencies}");
        form.Values("TaxonomyPart.Rows").Count.ShouldBe(Count(before["TaxonomyPart"]!["Terms"]!.AsArray()));
        form.Value("TaxonomyPart[1].Level").ShouldBe("1");
        (await form.PressAsync()).Errors.ShouldBeEmpty();
        (await StoredAsync(own, Agencies))["TaxonomyPart"]!.ToJsonString().ShouldBe(before["TaxonomyPart"]!.ToJsonString());
    }

    [Fact]
    public async Task Terms_are_added_renamed_nested_moved_and_given_other_names()
    {
        await using var own = await OpenAsync();
        var admin = own.As(EditorSite.Administrator);
        const string Topics = "4gkf9cw9zs0pxdd6xtn10era9f";
        var form = await FilledForm.OpenAsync(admin, $"/manage/items/{Topics}");
        var first = form.Value("TaxonomyPart[0].TitlePart.Title");
        form = await form.PressAsync("add:TaxonomyPart:Topic");
        var last = form.Values("TaxonomyPart.Rows").Count - 1;
        form = await form.Set($"TaxonomyPart[{last}].TitlePart.Title", "ตลาดประชารัฐ").Set($"TaxonomyPart[{last}].Topic.Aliases", "ตลาดนัดชุมชน").PressAsync($"in:TaxonomyPart:{last}");
        form.Value($"TaxonomyPart[{last}].Level").ShouldBe("1");
        form = await form.PressAsync("down:TaxonomyPart:0");
        form.Value("TaxonomyPart[1].TitlePart.Title").ShouldBe(first);
        form = await form.Set("TaxonomyPart[1].TitlePart.Title", "ชื่อใหม่ของหัวข้อ").PressAsync("publish");
        form.Errors.ShouldBeEmpty();

        var terms = (await StoredAsync(own, Topics))["TaxonomyPart"]!["Terms"]!.AsArray();
        terms[1]!["DisplayText"]!.ToString().ShouldBe("ชื่อใหม่ของหัวข้อ");
        terms[1]!["AutoroutePart"]!["Path"]!.ToString().ShouldBe("topics/public-innovation");
        var child = terms[^1]!["Terms"]![0]!;
        child["DisplayText"]!.ToString().ShouldBe("ตลาดประชารัฐ");
        child["Topic"]!["Aliases"]!["Values"]![0]!.ToString().ShouldBe("ตลาดนัดชุมชน");
        child["TermPart"]!["TaxonomyContentItemId"]!.ToString().ShouldBe(Topics);
        child["AutoroutePart"]!["Path"]!.ToString().ShouldBe("topics/ตลาดประชารัฐ");
        (await own.As(null).GetAsync("/topics/ตลาดประชารัฐ")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // What lies below a term that goes takes its place.
        form = await form.PressAsync($"remove:TaxonomyPart:{last - 1}");
        form.Value($"TaxonomyPart[{last - 1}].Level").ShouldBe("0");
        form.Value($"TaxonomyPart[{last - 1}].TitlePart.Title").ShouldBe("ตลาดประชารัฐ");
    }

    [Fact]
    public async Task A_menu_has_links_and_pages_one_below_the_other()
    {
        await using var own = await OpenAsync();
        var admin = own.As(EditorSite.Administrator);
        await DefinitionPagesTests.NewTypeAsync(admin, "เมนูเว็บไซต์", "SiteMenu");
        foreach (var part in new[] { "MenuPart", "MenuItemsListPart" })
            (await (await SentForm.OfAsync(admin, "/admin/types/SiteMenu", "/admin/types/SiteMenu/parts")).Set("PartName", part).SendAsync()).Status.ShouldBe(HttpStatusCode.SeeOther);
        var form = await (await FilledForm.OpenAsync(admin, "/manage/new/SiteMenu")).Set("TitlePart.Title", "เมนูหลัก").PressAsync("add:MenuItemsListPart:LinkMenuItem");
        form = await form.Set("MenuItemsListPart[0].TitlePart.Title", "เกี่ยวกับ").Set("MenuItemsListPart[0].LinkMenuItemPart.Value", "~/about").PressAsync("add:MenuItemsListPart:ContentMenuItem");
        var target = form.Page.QuerySelectorAll("[name='MenuItemsListPart[1].ContentMenuItemPart.Value'] option").First(o => o.GetAttribute("value")!.Length > 0).GetAttribute("value")!;
        form = await form.Set("MenuItemsListPart[1].TitlePart.Title", "บันทึกล่าสุด").Set("MenuItemsListPart[1].ContentMenuItemPart.Value", target).PressAsync("in:MenuItemsListPart:1");
        form = await form.PressAsync("publish");
        form.Errors.ShouldBeEmpty();
        var entry = (await StoredAsync(own, form.Id))["MenuItemsListPart"]!["MenuItems"]!.AsArray().Single()!;
        (entry["ContentType"]!.ToString(), entry["DisplayText"]!.ToString(), entry["LinkMenuItemPart"]!["Url"]!.ToString()).ShouldBe(("LinkMenuItem", "เกี่ยวกับ", "~/about"));
        entry["MenuItemsListPart"]!["MenuItems"]![0]!["ContentMenuItemPart"]!["SelectedContentItem"]!["ContentItemIds"]![0]!.ToString().ShouldBe(target);
        (await form.Set("MenuItemsListPart[0].LinkMenuItemPart.Value", "javascript:alert(1)").PressAsync()).Errors.Single().ShouldContain("ที่อยู่ของเมนู");
    }

    [Fact]
    public async Task An_item_made_in_a_list_lies_in_it_and_is_listed_there()
    {
        await using var own = await OpenAsync();
        var admin = own.As(EditorSite.Administrator);
        await DefinitionPagesTests.NewTypeAsync(admin, "ชั้นหนังสือ", "Shelf");
        await DefinitionPagesTests.NewTypeAsync(admin, "หนังสือ", "Book");
        await (await SentForm.OfAsync(admin, "/admin/types/Shelf", "/admin/types/Shelf/parts")).Set("PartName", "ListPart").SendAsync();
        await (await SentForm.OfAsync(admin, "/admin/types/Shelf/parts/ListPart")).Set("ListPartSettings.ContainedContentTypes", "Book").SendAsync();
        var shelf = await (await FilledForm.OpenAsync(admin, "/manage/new/Shelf")).Set("TitlePart.Title", "ชั้นที่หนึ่ง").PressAsync("publish");
        var link = shelf.Page.QuerySelector($"a[href='/manage/new/Book?list={shelf.Id}']");
        link.ShouldNotBeNull();
        var book = await (await FilledForm.OpenAsync(admin, link.GetAttribute("href")!)).Set("TitlePart.Title", "เล่มแรก").PressAsync("publish");
        book.Errors.ShouldBeEmpty();
        (await FilledForm.OpenAsync(admin, $"/manage/items/{shelf.Id}")).Page.QuerySelector($"a[href='/manage/items/{book.Id}']").ShouldNotBeNull();
        (await FilledForm.OpenAsync(own.As(null), "/" + shelf.Value("AutoroutePart.Path"))).Text.ShouldContain("เล่มแรก");
        (await StoredAsync(own, book.Id))["ContainedPart"]!["ListContentType"]!.ToString().ShouldBe("Shelf");
        (await admin.GetAsync($"/manage/new/Page?list={shelf.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await own.As(EditorSite.Organizer).GetAsync($"/manage/new/Book?list={DemoItems.Session4Of2563}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<EditorSite> OpenAsync()
    {
        var own = new EditorSite();
        await own.InitializeAsync();
        return own;
    }

    private static int Count(JsonArray terms) => terms.Sum(t => 1 + (t!["Terms"] is JsonArray below ? Count(below) : 0));

    private static async Task<JsonObject> StoredAsync(EditorSite own, string id) => JsonNode.Parse((await own.Services.GetRequiredService<Database>().FirstAsync<string>(
        "select document from content_items where content_item_id = @id and latest = 1", new { id }))!)!.AsObject();
}
