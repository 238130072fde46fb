using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>The list under the search boxes, by keyboard, by mouse and for screen readers.</summary>
public sealed class SuggestionTests(DemoSite demo, Browser browser)
{
    [Fact]
    public async Task Arrow_keys_choose_enter_goes_there_and_escape_closes()
    {
        var page = await browser.OpenAsync(demo);
        await page.GotoAsync("/");
        var box = page.Locator("main input[name=q]");
        await box.FocusAsync();
        await page.Keyboard.TypeAsync("คู่เสี");
        var options = page.Locator("main [role=option]");
        await Expect(options.First).ToBeVisibleAsync();
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "true");
        (await page.RunAxe()).Violations.Select(v => v.Id).ShouldBeEmpty();

        await page.Keyboard.PressAsync("Escape");
        await Expect(options.First).ToBeHiddenAsync();
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(box).ToHaveValueAsync("คู่เสี");

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(options.Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", (await options.First.GetAttributeAsync("id"))!);
        while (!(await page.Locator("[aria-selected=true]").InnerTextAsync()).Contains("แนวปฏิบัติที่ดี")) await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToContainTextAsync("คู่เสี่ยว");
    }

    [Fact]
    public async Task What_was_typed_is_searched_when_nothing_is_chosen_and_a_click_chooses()
    {
        var page = await browser.OpenAsync(demo);
        await page.GotoAsync("/cop");
        await page.Locator("#site-q").FocusAsync();
        await page.Keyboard.TypeAsync("พังงา");
        await Expect(page.Locator("#site-q-suggestions [role=option]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/search\?q=")); // asks again and again; waiting for the event misses one that comes meanwhile

        await Expect(page.Locator("#q")).ToHaveAttributeAsync("role", "combobox"); // by the script that hears what is typed
        await page.Locator("#q").FillAsync("สมัชชา");
        await page.Locator("[role=option]").Filter(new() { HasText = "สมัชชาพังงา" }).First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("สมัชชาพังงา");
    }
}
