using System.Text;
using KnowledgePortal.Tests.Editing;
using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace KnowledgePortal.Tests.InBrowser;

/// <summary>A preview that is open shows what stands in the box.</summary>
public sealed class LivePreviewTests(EditorSite site, Browser browser)
{
    [Fact]
    public async Task An_answer_that_comes_late_is_not_shown_over_a_later_one()
    {
        var page = await browser.OpenAsync(site, "latecomer|Organizer");
        await page.GotoAsync("/manage/new/Page");
        await page.Locator("button[value^='show:MarkdownBodyPart']").ClickAsync();
        await Expect(page.Locator("[data-shown]")).ToBeVisibleAsync();

        var (arrived, release) = (new TaskCompletionSource<IRequest>(), new TaskCompletionSource());
        await page.RouteAsync("**/manage/shown", async route =>
        {
            var answer = await route.FetchAsync();
            if (Encoding.UTF8.GetString(route.Request.PostDataBuffer!).Contains("ฉบับแรก"))
            {
                arrived.TrySetResult(route.Request);
                await release.Task;
            }
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        var box = page.Locator("textarea[data-body]").First;
        await box.FillAsync("ฉบับแรก");
        var late = await arrived.Task.WaitAsync(Patience.Long, TestContext.Current.CancellationToken);
        await box.FillAsync("ฉบับหลัง");
        await Expect(page.Locator("[data-shown]")).ToContainTextAsync("ฉบับหลัง");

        release.SetResult();
        await (await late.ResponseAsync())!.FinishedAsync();
        await page.EvaluateAsync("async () => (await fetch('/health/live')).text()"); // the page has read the late answer before this one
        (await page.Locator("[data-shown]").TextContentAsync())!.ShouldContain("ฉบับหลัง");
    }
}
