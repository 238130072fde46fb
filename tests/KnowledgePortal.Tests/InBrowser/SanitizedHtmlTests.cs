using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Html;
using KnowledgePortal.Web.Hosting.Html;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.InBrowser;

public sealed class SanitizedHtmlTests(Browser browser, DemoSite site)
{
    private const int PerPage = 200;

    [Fact]
    public async Task Nothing_runs_in_a_browser_that_has_no_policy_to_forbid_it()
    {
        var page = await browser.OpenAsync(site, new BrowserNewContextOptions { BypassCSP = true });
        var dialogs = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            dialogs.Add(dialog.Message);
            await dialog.DismissAsync();
        };
        await page.RouteAsync("**/*", route => route.AbortAsync());
        foreach (var vectors in HtmlVectors.All.Chunk(PerPage))
        {
            await page.SetContentAsync("<!doctype html><title>x</title><body>" + string.Join('\n', vectors.Select(HtmlSanitizer.Sanitize)));
            // Everything that a reader could press or open.
            await page.EvaluateAsync("document.querySelectorAll('a').forEach(a => { a.addEventListener('click', e => { if (a.protocol !== 'javascript:') e.preventDefault() }); a.click() })");
            (await page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name) || /^javascript:/i.test(e[a.name] ?? ''))).length")).ShouldBe(0);
        }
        dialogs.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }
}
