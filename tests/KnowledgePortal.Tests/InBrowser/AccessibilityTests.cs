using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>Every page type, in both schemes, wide and narrow: no axe violation, no sideways scroll, nothing refused by the policy.</summary>
public sealed class AccessibilityTests(DemoSite demo, Browser browser)
{
    private static readonly string[] PageTypes =
    [
        "/", "/cop", "/cop/opdc", "/cop/moi/2563/4", "/cop/opdc/2565/เคล็ดที่ไม่ลับ", "/cop/opdc/2565/ไขกุญแจความสำเร็จ",
        "/cop/opdc/2565/เคล็ดที่ไม่ลับ/watch?q=ขอนแก่น", "/calendar", "/practices", "/practices?province=khon-kaen", "/practices/epam", "/practices/ขอนแก่นศึกษา",
        "/provinces", "/provinces/khon-kaen", "/provinces/nan", "/topics/public-innovation", "/search", "/search?q=นวัตกรรม&fy=2563", "/search?q=ฟฟฟฟฟฟ", "/search?q=นวัตกรรม&fy=2563&province=nan", "/search?q=%22ขอนแก่นศึกษา%22&sort=new", "/search/help", "/subscribe?search=q%3Dนวัตกรรม%26fy%3D2563",
        "/about", "/privacy", "/accessibility", "/nothing/here", "/subscribe", "/subscribe?province=songkhla", "/subscribe/requested", "/subscribe/confirm/forged",
        "/login", "/login?done=out", "/forgot-password", "/reset-password?token=x", "/accept-invitation?token=x",
    ];

    public static TheoryData<ColorScheme, int> Views => new()
    {
        { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 390 }, { ColorScheme.Dark, 390 },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task No_page_type_has_a_violation(ColorScheme scheme, int width)
    {
        var page = await browser.OpenAsync(demo, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var problems = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("404")) problems.Add($"{page.Url}: {message.Text}");
        };
        foreach (var path in PageTypes)
        {
            await page.GotoAsync(path);
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
            problems.AddRange(result.Violations.Select(v => $"{path} {v.Id}: {v.Nodes.FirstOrDefault()?.Html}"));
        }
        problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task No_page_type_scrolls_sideways_or_spaces_or_slants_Thai(int width)
    {
        var page = await browser.OpenAsync(demo, new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = 900 } });
        var problems = new List<string>();
        foreach (var path in PageTypes)
        {
            await page.GotoAsync(path);
            var found = await page.EvaluateAsync<string[]>(
                """
                () => {
                  const problems = [];
                  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
                  if (over > 0) problems.push('overflows by ' + over);
                  for (const element of document.body.querySelectorAll('*')) {
                    if (!/[\u0E01-\u0E5B]/.test([...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(''))) continue;
                    const style = getComputedStyle(element);
                    if (!['normal', '0px'].includes(style.letterSpacing) || style.fontStyle !== 'normal' || style.textTransform !== 'none' || style.textAlign === 'justify')
                      problems.push(element.tagName + '.' + element.className);
                  }
                  return problems;
                }
                """);
            problems.AddRange(found.Select(f => $"{path}: {f}"));
        }
        problems.ShouldBeEmpty();
    }
}
