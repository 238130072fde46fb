using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Cli;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

public sealed class ItemPagesTests(ItemPagesTests.ManualSite site) : IClassFixture<ItemPagesTests.ManualSite>
{
    [Fact]
    public async Task An_item_of_a_type_that_only_a_recipe_knows_has_a_page_with_all_its_fields()
    {
        var page = await site.GetAsync("/คู่มือ/บริการ");
        page.QuerySelector("h1")!.TextContent.ShouldBe("คู่มือบริการประชาชน");
        Fact(page, "ผู้ดูแล").ShouldBe("สำนักงานจังหวัด");
        Fact(page, "จำนวนหน้า").ShouldBe("1,250.5");
        Fact(page, "วันที่ประกาศ").ShouldBe("15\u00A0กันยายน\u00A02565");
        Fact(page, "ทบทวนเมื่อ").ShouldBe("1\u00A0ม.ค.\u00A02566 00.30\u00A0น.");
        Fact(page, "เปิดเวลา").ShouldBe("08.30\u00A0น.");
        Fact(page, "ใช้อยู่").ShouldBe("ใช่");
        Fact(page, "คำสำคัญ").ShouldBe("บริการคู่มือ");
        Fact(page, "หมวด").ShouldBe("งานบริการ");
        Fact(page, "ดูเพิ่ม").ShouldBe("คู่มือทั้งหมด");
        page.QuerySelector("a[href='https://พังงา.org']")!.TextContent.ShouldBe("เว็บไซต์");
        page.QuerySelectorAll("a").ShouldNotContain(a => a.GetAttribute("href")!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        page.QuerySelector("a[href='/media/manual.pdf']")!.TextContent.ShouldBe("ฉบับพิมพ์.pdf");
    }

    [Fact]
    public async Task Imported_HTML_is_shown_without_what_could_run_and_stays_stored_as_it_came()
    {
        var page = await site.GetAsync("/คู่มือ/บริการ");
        page.QuerySelector(".prose strong")!.TextContent.ShouldBe("ฟรี");
        page.QuerySelector(".prose table td")!.TextContent.ShouldBe("เคาน์เตอร์");
        page.QuerySelectorAll(".prose script, .prose [onclick], .prose iframe, .prose [style]").ShouldBeEmpty();
        (await site.StoredAsync("4manxa1service00000000000a")).ShouldNotBeNull().ShouldContain("onclick");
    }

    [Fact]
    public async Task Items_inside_an_item_stand_under_the_heading_of_their_part()
    {
        var page = await site.GetAsync("/คู่มือ/บริการ");
        page.QuerySelectorAll("h2").Select(h => h.TextContent).ShouldContain("บท");
        page.QuerySelectorAll(".shown-items > li > b").Select(b => b.TextContent).ShouldBe(["บทที่\u00A01", "บทที่\u00A02"]);
        page.QuerySelector(".shown-items")!.TextContent.ShouldContain("เริ่มต้นใช้งาน");
    }

    [Fact]
    public async Task A_list_shows_its_published_items_a_page_at_a_time()
    {
        var first = await site.GetAsync("/คู่มือ");
        first.QuerySelectorAll(".people a").Select(a => a.TextContent).ShouldBe(["คู่มือบริการประชาชน", "คู่มือที่สอง"]);
        var second = await site.GetAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        second.QuerySelectorAll(".people b").Select(a => a.TextContent.Trim()).ShouldBe(["คู่มือที่ไม่มีหน้า"]);
        (await site.Client.GetAsync("/คู่มือ?page=3", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.Client.GetAsync("/คู่มือ/บริการ?page=2", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_item_that_asks_for_it_stands_at_the_root_of_the_site() =>
        (await site.GetAsync("/")).QuerySelector("h1")!.TextContent.ShouldBe("คู่มือทั้งหมด");

    [Fact]
    public async Task A_menu_of_the_site_takes_the_place_of_the_portals_own() =>
        (await site.GetAsync("/คู่มือ")).QuerySelectorAll(".head .nav a").Select(a => $"{a.TextContent} {a.GetAttribute("href")}").ShouldBe(["เริ่มที่นี่ /", "บริการ /คู่มือ/บริการ"]);

    [Fact]
    public async Task A_term_shows_who_carries_it() =>
        (await site.GetAsync("/หมวด/งานบริการ")).QuerySelectorAll(".people a").Select(a => a.TextContent).ShouldBe(["คู่มือบริการประชาชน"]);

    [Theory]
    [InlineData("เคาน์เตอร์")]
    [InlineData("เริ่มต้นใช้งาน")]
    [InlineData("สำนักงานจังหวัด")]
    public async Task It_is_found_by_every_word_on_its_page_under_the_name_of_its_type(string words)
    {
        await site.CatchUpAsync();
        var page = await site.GetAsync("/search?q=" + Uri.EscapeDataString(words));
        page.QuerySelectorAll("a.title-link").Select(a => a.GetAttribute("href")).ShouldContain("/คู่มือ/บริการ");
        (await site.GetAsync("/search?type=Manual")).QuerySelectorAll("a.title-link").Select(a => a.TextContent).ShouldBe(["คู่มือบริการประชาชน", "คู่มือที่สอง"], ignoreOrder: true);
        page.Body!.TextContent.ShouldContain("คู่มือ");
        (await site.Client.GetStringAsync("/search?q=" + Uri.EscapeDataString("คู่มือร่าง"), TestContext.Current.CancellationToken)).ShouldNotContain("/คู่มือ/ร่าง");
    }

    [Theory]
    [InlineData("/คู่มือ/ร่าง")]
    [InlineData("/คู่มือ/ไม่มี")]
    public async Task What_is_not_published_is_not_there(string path) =>
        (await site.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    private static string Fact(IParentNode page, string label) =>
        string.Concat(page.QuerySelectorAll(".kv > div").Single(d => d.QuerySelector("dt")!.TextContent == label).QuerySelectorAll("dd").Select(d => d.TextContent.Trim()));

    /// <summary>A site of manuals: one type with every field, one list, one taxonomy.</summary>
    public sealed class ManualSite : IAsyncLifetime
    {
        private readonly ScratchFolder _folder = new();
        private PortalHost? _host;

        public HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var recipe = Path.Combine(_folder.Path, "manuals.recipe.json");
            await File.WriteAllTextAsync(recipe, Recipe);
            await using (var offline = Offline.Site(Path.Combine(_folder.Path, "data")))
                if (await SetupVerb.SetUpAsync(recipe, offline) != Verbs.Done) throw new InvalidOperationException("the recipe was refused");
            _host = new PortalHost(Path.Combine(_folder.Path, "data"));
            _host.Start();
            Client = _host.CreateClient();
        }

        public Task CatchUpAsync() => _host!.CatchUpAsync();

        public async Task<IDocument> GetAsync(string path) =>
            await new HtmlParser().ParseDocumentAsync(await (await Client.GetAsync(path)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());

        public async Task<string?> StoredAsync(string id) =>
            await TestDatabase.Open(Path.Combine(_folder.Path, "data")).FirstAsync<string>("select document from content_items where content_item_id = @id", new { id });

        public async ValueTask DisposeAsync()
        {
            if (_host is not null) await _host.DisposeAsync();
            _folder.Dispose();
        }

        private static readonly string[] Fields =
        [
            Field("TextField", "Keeper", "ผู้ดูแล"), Field("NumericField", "Pages", "จำนวนหน้า"), Field("DateField", "Announced", "วันที่ประกาศ"), Field("DateTimeField", "Reviewed", "ทบทวนเมื่อ"),
            Field("TimeField", "Opens", "เปิดเวลา"), Field("BooleanField", "InUse", "ใช้อยู่"), Field("MultiTextField", "Words", "คำสำคัญ"), Field("TaxonomyField", "Group", "หมวด"),
            Field("ContentPickerField", "More", "ดูเพิ่ม"), Field("LinkField", "Site", "เว็บไซต์"), Field("LinkField", "Bad", "ลิงก์เสีย"), Field("MediaField", "Print", "ฉบับพิมพ์"), Field("HtmlField", "Note", "หมายเหตุ"),
        ];

        private static string Field(string type, string name, string label) =>
            $$"""{ "FieldName": "{{type}}", "Name": "{{name}}", "Settings": { "ContentPartFieldSettings": { "DisplayName": "{{label}}" } } }""";

        private static string Item(string id, string type, string title, string? path, string parts, bool published = true) =>
            $$"""
            { "ContentItemId": "{{id}}", "ContentItemVersionId": "{{id[..^1]}}v", "ContentType": "{{type}}", "DisplayText": "{{title}}", "Latest": true, "Published": {{(published ? "true" : "false")}},
              "ModifiedUtc": "2026-01-02T00:00:00Z", "PublishedUtc": "2026-01-02T00:00:00Z", "CreatedUtc": "2026-01-02T00:00:00Z", "Owner": "", "Author": "system",
              "TitlePart": { "Title": "{{title}}" }{{(path is null ? "" : $", \"AutoroutePart\": {{ \"Path\": \"{path}\" }}")}}{{parts}} }
            """;

        private static string InShelf(int order) => $", \"ContainedPart\": {{ \"ListContentItemId\": \"4manxa1shelf0000000000000a\", \"Order\": {order} }}";

        private static string Recipe =>
            $$$"""
            { "name": "manuals", "steps": [
              { "name": "ContentDefinition",
                "ContentTypes": [
                  { "Name": "Shelf", "DisplayName": "ชั้น", "ContentTypePartDefinitionRecords": [
                    { "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "ListPart", "Name": "ListPart", "Settings": { "ListPartSettings": { "PageSize": 2 } } } ] },
                  { "Name": "Manual", "DisplayName": "คู่มือ", "ContentTypePartDefinitionRecords": [
                    { "PartName": "TitlePart", "Name": "TitlePart" },
                    { "PartName": "HtmlBodyPart", "Name": "HtmlBodyPart", "Settings": { "ContentTypePartSettings": { "Position": "1" } } },
                    { "PartName": "BagPart", "Name": "Chapters", "Settings": { "ContentTypePartSettings": { "Position": "2", "DisplayName": "บท" } } },
                    { "PartName": "Manual", "Name": "Manual", "Settings": { "ContentTypePartSettings": { "Position": "3" } } } ] },
                  { "Name": "Chapter", "DisplayName": "บท", "ContentTypePartDefinitionRecords": [ { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart" } ] } ],
                "ContentParts": [ { "Name": "Manual", "ContentPartFieldDefinitionRecords": [ {{{string.Join(",", Fields)}}} ] } ] },
              { "name": "content", "data": [
                {{{Item("4manxa1taxonomy0000000000a", "Taxonomy", "หมวด", "หมวด", """
                    , "AliasPart": { "Alias": "groups" }, "TaxonomyPart": { "TermContentType": "Group", "Terms": [
                      { "ContentItemId": "4manxa1group0000000000000a", "ContentType": "Group", "DisplayText": "งานบริการ", "TitlePart": { "Title": "งานบริการ" }, "AutoroutePart": { "Path": "หมวด/งานบริการ" } } ] }
                    """)}}},
                {{{Item("4manxa1shelf0000000000000a", "Shelf", "คู่มือทั้งหมด", "คู่มือ\", \"SetHomepage\": true, \"Note\": \"", "")}}},
                {{{Item("4manxa1service00000000000a", "Manual", "คู่มือบริการประชาชน", "คู่มือ/บริการ", InShelf(0) + """
                    , "HtmlBodyPart": { "Html": "<p onclick=\"alert(1)\" style=\"position:fixed\">บริการ <strong>ฟรี</strong></p><script>alert(1)</script><iframe src=\"https://x\"></iframe><table><tr><td>เคาน์เตอร์</table>" },
                      "Chapters": { "ContentItems": [
                        { "ContentItemId": "4manxa1chapter1000000000a1", "ContentType": "Chapter", "DisplayText": "บทที่ 1", "MarkdownBodyPart": { "Markdown": "เริ่มต้น**ใช้งาน**" } },
                        { "ContentItemId": "4manxa1chapter2000000000a2", "ContentType": "Chapter", "DisplayText": "บทที่ 2" } ] },
                      "Manual": {
                        "Keeper": { "Text": "สำนักงานจังหวัด" }, "Pages": { "Value": 1250.5 }, "Announced": { "Value": "2022-09-15T00:00:00Z" }, "Reviewed": { "Value": "2022-12-31T17:30:00Z" },
                        "Opens": { "Value": "08:30:00" }, "InUse": { "Value": true }, "Words": { "Values": [ "บริการ", "คู่มือ" ] },
                        "Group": { "TaxonomyContentItemId": "4manxa1taxonomy0000000000a", "TermContentItemIds": [ "4manxa1group0000000000000a" ] },
                        "More": { "ContentItemIds": [ "4manxa1shelf0000000000000a" ] }, "Site": { "Url": "https://พังงา.org", "Text": "เว็บไซต์" }, "Bad": { "Url": "JavaScript:alert(1)", "Text": "กด" },
                        "Print": { "Paths": [ "manual.pdf" ], "MediaTexts": [ "" ], "AttachedFileNames": [ "ฉบับพิมพ์.pdf" ] }, "Note": { "Html": "<img src=x onerror=alert(1)>ดู" } }
                    """)}}},
                {{{Item("4manxa1menu0000000000000a0", "Menu", "เมนูหลัก", null, """
                    , "AliasPart": { "Alias": "main-menu" }, "MenuPart": {}, "MenuItemsListPart": { "MenuItems": [
                      { "ContentItemId": "4manxa1entry1000000000000a", "ContentType": "LinkMenuItem", "DisplayText": "เริ่มที่นี่", "LinkMenuItemPart": { "Url": "~/" } },
                      { "ContentItemId": "4manxa1entry2000000000000a", "ContentType": "ContentMenuItem", "DisplayText": "บริการ", "ContentMenuItemPart": { "SelectedContentItem": { "ContentItemIds": [ "4manxa1service00000000000a" ] } } },
                      { "ContentItemId": "4manxa1entry3000000000000a", "ContentType": "LinkMenuItem", "DisplayText": "อันตราย", "LinkMenuItemPart": { "Url": "javascript:alert(1)" } },
                      { "ContentItemId": "4manxa1entry4000000000000a", "ContentType": "ContentMenuItem", "DisplayText": "ผิดรูป", "ContentMenuItemPart": [ "x" ] },
                      { "ContentItemId": "4manxa1entry5000000000000a", "ContentType": "ContentMenuItem", "DisplayText": "ผิดรูป", "ContentMenuItemPart": { "SelectedContentItem": 5 } } ] }
                    """)}}},
                {{{Item("4manxa1second00000000000a0", "Manual", "คู่มือที่สอง", "คู่มือ/สอง", InShelf(1))}}},
                {{{Item("4manxa1third000000000000a0", "Manual", "คู่มือที่ไม่มีหน้า", null, InShelf(2))}}},
                {{{Item("4manxa1draft000000000000a0", "Manual", "คู่มือร่าง", "คู่มือ/ร่าง", InShelf(3), published: false)}}}
              ] } ] }
            """;
    }
}
