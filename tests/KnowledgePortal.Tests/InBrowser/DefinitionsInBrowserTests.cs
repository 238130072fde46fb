using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Definitions;
using KnowledgePortal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>What the scripts of the forms add: dragging, previews that follow, pictures pasted, search while typing, autosave.</summary>
public sealed class DefinitionsInBrowserTests(EditorSite site, Browser browser)
{
    public static TheoryData<ColorScheme, int> Views => new()
    {
        { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 },
    };

    [Fact]
    public async Task Fields_are_dragged_by_their_number_and_moved_with_the_keyboard()
    {
        var admin = site.As(EditorSite.Administrator);
        const string Type = "Dragged";
        await DefinitionPagesTests.NewTypeAsync(admin, "ชนิดที่ลาก", Type);
        foreach (var field in new[] { "One", "Two", "Three" }) await DefinitionPagesTests.AddFieldAsync(admin, Type, field, "TextField", field);
        var page = await browser.OpenAsync(site, EditorSite.Administrator);
        await page.GotoAsync($"/admin/types/{Type}");
        var names = page.Locator($"form[action='/admin/parts/{Type}/order'] .rows a");
        var grips = page.Locator($"form[action='/admin/parts/{Type}/order'] .rows > li > b");
        await DragAsync(page, grips.Nth(2), grips.Nth(0));
        await Expect(page.Locator(".notice.ok")).ToContainTextAsync("เรียงลำดับแล้ว");
        await Expect(names).ToHaveTextAsync(["Three", "One", "Two"]);
        await page.Locator("button[value='down:Three']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(names).ToHaveTextAsync(["One", "Three", "Two"]);
    }

    [Fact]
    public async Task Rows_of_a_bag_are_dragged_and_saved_in_their_new_order()
    {
        var page = await browser.OpenAsync(site, "dragger|Organizer");
        await page.GotoAsync($"/manage/items/{DemoItems.Session4Of2563}");
        var rows = page.Locator("[data-part=Takeaways] .rows > li");
        var first = await rows.Nth(0).Locator("[name$='TitlePart.Title']").InputValueAsync();
        await DragAsync(page, rows.Nth(0).Locator("> b"), rows.Nth(2).Locator("> b"));
        await Expect(page.Locator("[name='Takeaways[2].TitlePart.Title']")).ToHaveValueAsync(first);
        await Expect(page.Locator("[data-part=Takeaways] .rows > li > b").Nth(2)).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task An_open_preview_follows_what_is_typed_and_a_pasted_picture_stands_in_the_text()
    {
        var page = await browser.OpenAsync(site, "previewer|Organizer");
        await page.GotoAsync("/manage/new/Page");
        var box = page.Locator("[name='MarkdownBodyPart.Markdown']");
        await box.FillAsync("**แรก**");
        await page.Locator("button[value='show:MarkdownBodyPart.Markdown']").ClickAsync();
        await Expect(page.Locator(".shown strong")).ToHaveTextAsync("แรก");
        await box.FillAsync("**ที่สอง**\n\n");
        await Expect(page.Locator(".shown strong")).ToHaveTextAsync("ที่สอง");
        await box.EvaluateAsync(
            """
            async (box) => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
              canvas.getContext('2d').fillRect(0, 0, 20, 30);
              const file = new File([await new Promise((done) => canvas.toBlob(done, 'image/png'))], 'แผนที่.png', { type: 'image/png' });
              const clipboardData = new DataTransfer();
              clipboardData.items.add(file);
              box.focus();
              box.setSelectionRange(box.value.length, box.value.length);
              box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(box).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(@"!\[แผนที่\]\(/media/[^)]+\)"));
        await Expect(page.Locator(".shown img")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_long_list_is_searched_while_somebody_types()
    {
        await using (var transaction = await site.Services.GetRequiredService<Database>().BeginAsync())
        {
            var contents = site.Services.GetRequiredService<ContentManager>();
            for (var i = 0; i < 210; i++)
                await contents.ImportAsync(
                    new ContentItem { ContentItemId = ContentIds.New(), ContentItemVersionId = ContentIds.New(), ContentType = "Article", DisplayText = $"ข่าวในเบราว์เซอร์ {i:000}", Latest = true, Published = true, CreatedUtc = DateTime.UnixEpoch, ModifiedUtc = DateTime.UnixEpoch, PublishedUtc = DateTime.UnixEpoch },
                    transaction);
            await transaction.CommitAsync();
        }
        var admin = site.As(EditorSite.Administrator);
        await DefinitionPagesTests.NewTypeAsync(admin, "ชนิดที่ค้น", "SearchedType");
        await DefinitionPagesTests.AddFieldAsync(admin, "SearchedType", "ข่าวที่เกี่ยวข้อง", "ContentPickerField", "Related");
        await (await SentForm.OfAsync(admin, "/admin/parts/SearchedType/fields/Related")).Set("ContentPickerFieldSettings.DisplayedContentTypes", "Article").Set("ContentPickerFieldSettings.Multiple", "true").SendAsync();
        var page = await browser.OpenAsync(site, EditorSite.Administrator);
        await page.GotoAsync("/manage/new/SearchedType");
        await page.Locator("[name='TitlePart.Title']").FillAsync("เลือกสองข่าว");
        foreach (var words in new[] { "เบราว์เซอร์ 012", "เบราว์เซอร์ 207" })
        {
            await page.GetByLabel("ค้นหาข่าวที่เกี่ยวข้อง").FillAsync(words);
            await page.GetByLabel("ข่าวใน" + words).CheckAsync();
        }
        await page.Locator(".savebar button[value='save']").ClickAsync();
        await Expect(page.Locator(".notice.ok")).ToBeVisibleAsync();
        await Expect(page.Locator("[name='SearchedType.Related']:checked")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_typed_is_kept_without_being_saved()
    {
        var page = await browser.OpenAsync(site, "wichai|Organizer");
        page.Dialog += async (_, dialog) => await dialog.AcceptAsync();
        await page.GotoAsync("/manage/new/Article");
        await page.Locator("[name='TitlePart.Title']").FillAsync("พิมพ์แล้วไฟดับ");
        await Expect(page.Locator("[data-autosaved]")).ToContainTextAsync("เก็บสิ่งที่พิมพ์ไว้แล้ว");
        await page.GotoAsync("/manage/new/Article");
        await Expect(page.Locator("[data-restored]")).ToContainTextAsync("กู้คืนสิ่งที่พิมพ์ค้างไว้");
        await Expect(page.Locator("[name='TitlePart.Title']")).ToHaveValueAsync("พิมพ์แล้วไฟดับ");
        await page.GetByRole(AriaRole.Button, new() { Name = "ทิ้งแล้วเริ่มจากฉบับที่บันทึกไว้" }).ClickAsync();
        await Expect(page.Locator("[name='TitlePart.Title']")).ToHaveValueAsync("");
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task No_page_of_definitions_and_no_kind_of_field_has_a_violation_or_scrolls_sideways(ColorScheme scheme, int width)
    {
        var admin = site.As(EditorSite.Administrator);
        var type = $"All{scheme}{width}";
        await DefinitionPagesTests.NewTypeAsync(admin, "ครบทุกช่อง " + type, type);
        foreach (var field in new[] { "TextField", "HtmlField", "BooleanField", "DateTimeField", "MediaField", "ContentPickerField", "UserPickerField", "MultiTextField", "YoutubeField", "GeoPointField", "LocalizationSetContentPickerField" })
            await DefinitionPagesTests.AddFieldAsync(admin, type, "ช่อง " + field, field, field);
        foreach (var part in new[] { "PublishLaterPart", "ArchiveLaterPart", "SeoMetaPart", "AliasPart", "HtmlBodyPart", "MenuItemsListPart", "ListPart" })
            await (await SentForm.OfAsync(admin, $"/admin/types/{type}", $"/admin/types/{type}/parts")).Set("PartName", part).SendAsync();
        var page = await browser.OpenAsync(site, EditorSite.Administrator, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") problems.Add($"{page.Url}: {message.Text}");
        };
        string[] paths =
        [
            "/admin/types", $"/admin/types/{type}", $"/admin/types/{type}/parts/TitlePart", $"/admin/types/{type}/parts/ListPart", $"/admin/parts/{type}/fields/TextField", $"/admin/parts/{type}/fields/ContentPickerField",
            $"/manage/new/{type}", "/manage/new/Taxonomy", "/manage/items/4wqw46s9mgqrnhrssxez9wv1n7",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            // Of a button that lies under the bar just now, axe measures what is left to see.
            await page.EvaluateAsync("document.querySelector('.savebar')?.style.setProperty('position', 'static')");
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
            problems.AddRange(result.Violations.Select(v => $"{path} {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
            var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) problems.Add($"{path} overflows by {over}");
        }
        problems.ShouldBeEmpty();
    }

    private static async Task DragAsync(IPage page, ILocator from, ILocator to)
    {
        await from.ScrollIntoViewIfNeededAsync();
        var (start, end) = ((await from.BoundingBoxAsync())!, (await to.BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(start.X + start.Width / 2, start.Y + start.Height / 2);
        await page.Mouse.DownAsync();
        var down = end.Y > start.Y;
        await page.Mouse.MoveAsync(start.X + start.Width / 2, end.Y + (down ? 90 : -20), new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }
}
