using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>The pages behind the sign-in, in both schemes and on a phone, with and without messages.</summary>
public sealed class MembersInBrowserTests(DemoSite demo, Browser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task The_pages_of_members_have_no_violation(ColorScheme scheme, int width)
    {
        var page = await browser.OpenAsync(demo, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var problems = new List<string>();

        await page.GotoAsync("/login");
        await RefusedAsync("main form button");
        await CheckAsync();
        await page.GotoAsync("/login?returnUrl=/admin/people");
        await page.FillAsync("#field-Email", DemoSite.Administrator);
        await page.FillAsync("#field-Password", DemoSite.Password);
        await page.ClickAsync("main form button");
        await Expect(page).ToHaveURLAsync(new Regex("/admin/people$"));
        await CheckAsync();
        await RefusedAsync("form[method=post][action='/admin/people'] button");
        await CheckAsync();
        await page.GotoAsync("/admin/people?q=organizer");
        await page.ClickAsync("table a");
        await Expect(page).ToHaveURLAsync(new Regex("/admin/people/[^?]+$"));
        await CheckAsync();
        await page.GotoAsync("/account");
        await CheckAsync();
        await RefusedAsync("form[action='/account/password'] button");
        await CheckAsync();
        await page.ClickAsync("form[action='/logout'] button");
        await Expect(page).ToHaveURLAsync(new Regex(@"/login\?done=out$"));
        problems.ShouldBeEmpty();

        // A click does not wait for the page that it leads to.
        async Task RefusedAsync(string button)
        {
            await page.ClickAsync(button);
            await Expect(page.Locator("[aria-invalid=true]").First).ToBeVisibleAsync();
        }

        async Task CheckAsync()
        {
            await page.WaitForLoadStateAsync();
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
            problems.AddRange(result.Violations.Select(v => $"{page.Url} {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") is var over and > 0) problems.Add($"{page.Url} overflows by {over}");
        }
    }
}
