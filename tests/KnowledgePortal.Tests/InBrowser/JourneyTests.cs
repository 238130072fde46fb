using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>What people come for, from the first key to the answer.</summary>
public sealed class JourneyTests(DemoSite demo, Browser browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_officer_finds_a_record_by_what_he_remembers(bool javaScript)
    {
        var page = await browser.OpenAsync(demo, new BrowserNewContextOptions { JavaScriptEnabled = javaScript });
        await page.GotoAsync("/");
        await page.Locator("input[name=q]").First.FillAsync("เสวนา องค์กรนวัตกรรม 63");
        await page.Keyboard.PressAsync("Enter");

        var first = page.Locator("main article, main li").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "การสร้างองค์กรนวัตกรรมภาครัฐ" }) }).First;
        await Expect(page.Locator("main h3").First).ToHaveTextAsync("การสร้างองค์กรนวัตกรรมภาครัฐ");
        await Expect(first.Locator("mark").Filter(new() { HasText = "องค์กรนวัตกรรม" }).First).ToHaveTextAsync("องค์กรนวัตกรรม");
        foreach (var fact in new[] { "4", "/63", "9 ก.ค. 2563", "สถาบันดำรงราชานุภาพ", "4 ประเด็น" })
            await Expect(first).ToContainTextAsync(fact.Replace(' ', '\u00A0'), new() { UseInnerText = false });
        await Expect(page.Locator("label").Filter(new() { HasText = "2563" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_viewer_hears_the_exact_words()
    {
        var page = await browser.OpenAsync(demo);
        await page.AddInitScriptAsync("HTMLMediaElement.prototype.play = () => Promise.resolve()"); // it is sought, and stays there however slow we are to look
        await page.GotoAsync("/search?q=" + Uri.EscapeDataString("ขอนแก\u0E48นศึกษา"));
        await page.Locator("a[href$='/watch?t=92']").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/watch\?t=92"));

        var video = page.Locator("video");
        await Expect(video).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("() => Math.abs(document.querySelector('video').currentTime - 92) < 1");
        var line = page.Locator(".line[data-start='92']");
        await Expect(line).ToContainTextAsync("ขอนแก่นศึกษา");
        await Expect(line).ToHaveAttributeAsync("aria-current", "true");

        await page.Locator(".line[data-start='38'] a").ClickAsync();
        await page.WaitForFunctionAsync("() => Math.abs(document.querySelector('video').currentTime - 38) < 1");
    }

    [Fact]
    public async Task The_video_comes_in_ranges()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/media/recordings/kledlap.mp4");
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(100, 199);
        var response = await demo.Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(100, (await response.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.MediaType);
    }
}
