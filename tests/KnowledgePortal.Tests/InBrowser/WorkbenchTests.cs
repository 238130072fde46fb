using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KnowledgePortal.Tests.Editing;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>
/// The workbench with keyboard and screen reader, wide and narrow, with and without scripts. Each test is somebody else: what one has typed and not saved
/// comes back to him wherever he opens the form.
/// </summary>
public sealed class WorkbenchTests(EditorSite site, Browser browser)
{
    public static TheoryData<ColorScheme, int> Views => new()
    {
        { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 },
    };

    [Fact]
    public async Task A_session_is_written_and_published_with_the_keyboard_alone()
    {
        var page = await browser.OpenAsync(site, "keyboard|Organizer");
        await page.GotoAsync("/manage/new/CopSession");
        await page.Locator("[name='TitlePart.Title']").FocusAsync();
        await page.Keyboard.TypeAsync("เขียนด้วยแป้นพิมพ์");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("[name='CopSession.Community']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Locator("[name='CopSession.HeldOn.Day']").FocusAsync();
        await page.Keyboard.TypeAsync("31");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("2565");
        await page.Keyboard.PressAsync("Enter");

        // The refused form: its summary has the focus, and its link leads to the box.
        await Expect(page.Locator(".errsum")).ToBeFocusedAsync();
        await Expect(page.Locator(".errsum")).ToContainTextAsync("ไม่มีวันที่ 31 กุมภาพันธ์ 2565");
        await page.WaitForLoadStateAsync(); // its script is there, too
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name='CopSession.HeldOn.Day']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("28");

        // A row is added without leaving the page, and is ready to be typed into.
        await page.Locator("button[value^='add:Takeaways']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[name='Takeaways[0].TitlePart.Title']")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ข้อสรุปแรก");

        await page.Locator(".savebar button[value='publish']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".notice.ok")).ToContainTextAsync("เผยแพร่แล้ว");
        await page.Locator(".notice.ok a").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToContainTextAsync("เขียนด้วยแป้นพิมพ์");
        await Expect(page.Locator("main")).ToContainTextAsync("ข้อสรุปแรก");
    }

    [Fact]
    public async Task A_long_list_is_filtered_and_what_is_chosen_stays()
    {
        var page = await browser.OpenAsync(site, "filterer|Organizer");
        await page.GotoAsync("/manage/new/CopSession");
        var boxes = page.Locator("[data-label='จังหวัดที่เนื้อหาพูดถึง']");
        var filter = page.GetByLabel("กรองจังหวัดที่เนื้อหาพูดถึง");
        await filter.FillAsync("ขอนแก่น");
        await Expect(boxes.Locator("label:visible")).ToHaveCountAsync(1);
        await boxes.Locator("label:visible input").CheckAsync();
        await filter.FillAsync("พังงา");
        await Expect(boxes.Locator("label:visible")).ToHaveCountAsync(2);
        var select = page.Locator("[name='CopSession.VenueProvince']");
        await page.GetByLabel("กรองจังหวัดที่จัด").FillAsync("สงขลา");
        await Expect(select.Locator("option")).ToHaveCountAsync(2);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task No_page_of_the_workbench_has_a_violation_or_scrolls_sideways(ColorScheme scheme, int width)
    {
        var somebody = $"tester{width}{scheme}|Organizer";
        var organizer = site.As(somebody);
        var draft = await (await Sessions.NewAsync(organizer, $"ตรวจหน้าจอ {scheme} {width}", "10 มี.ค. 2566")).PressAsync();
        var edited = await draft.Set("CopSession.OneLine", "บรรทัดที่แก้แล้ว").PressAsync();
        var page = await browser.OpenAsync(site, somebody, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("422") && !message.Text.Contains("409")) problems.Add($"{page.Url}: {message.Text}");
        };
        string[] paths =
        [
            "/manage", "/manage/new/CopSession", "/manage/new/Recording", "/manage/new/Page", $"/manage/items/{DemoItems.Session4Of2563}", $"/manage/items/{DemoItems.KhuSiao}",
            $"/manage/items/{DemoItems.Recording}", $"/manage/items/{draft.Id}/preview", $"/manage/items/{draft.Id}/history",
            $"/manage/items/{draft.Id}/compare?to={edited.Value("version")}", "/manage/trash",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await CheckAsync(page, path, problems);
        }
        // Somebody else saves while the form is open.
        await page.GotoAsync($"/manage/items/{draft.Id}");
        await edited.Set("CopSession.OneLine", "อีกคนเขียนไว้อย่างนี้").Set("CopSession.ChairName", "นายสมคิด จันทมฤก").PressAsync();
        await page.FillAsync("[name='CopSession.OneLine']", "เราเขียนไว้อีกอย่าง");
        await page.ClickAsync(".savebar button[value=save]");
        await Expect(page.Locator(".merge fieldset.conflict").First).ToBeVisibleAsync();
        await CheckAsync(page, "merge", problems);
        // A form with mistakes.
        await page.GotoAsync("/manage/new/CopSession");
        await page.Locator(".savebar button[value='save']").ClickAsync();
        await Expect(page.Locator(".errsum")).ToBeVisibleAsync();
        await page.Locator("button[value^='show:MarkdownBodyPart']").ClickAsync();
        await Expect(page.Locator(".shown")).ToBeVisibleAsync();
        await CheckAsync(page, "a form with mistakes", problems);
        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_is_not_left_behind_unasked()
    {
        var page = await browser.OpenAsync(site, "leaver|Organizer");
        await page.GotoAsync("/manage/new/Page");
        await page.Locator("[name='TitlePart.Title']").FillAsync("ยังไม่ได้บันทึก");
        await page.Locator("[name='TitlePart.Title']").PressAsync("Tab");
        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        _ = page.EvaluateAsync("location.assign('/manage')").ContinueWith(t => t.Exception, TaskContinuationOptions.ExecuteSynchronously);
        (await asked.Task.WaitAsync(Patience.Long)).ShouldBe("beforeunload");
        await Expect(page).ToHaveURLAsync(new Regex("/manage/new/Page"));
    }

    private static async Task CheckAsync(IPage page, string where, List<string> problems)
    {
        await page.WaitForLoadStateAsync();
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        problems.AddRange(result.Violations.Select(v => $"{where} {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) problems.Add($"{where} overflows by {over}");
    }
}
