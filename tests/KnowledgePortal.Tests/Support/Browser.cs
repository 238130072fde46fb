using KnowledgePortal.Tests.Support;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser))]

namespace KnowledgePortal.Tests.Support;

/// <summary>One Chromium for all browser tests; each test opens a context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Executable = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout((float)Patience.Long.TotalMilliseconds);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh page; skips the test where no Chromium is installed.</summary>
    public Task<IPage> OpenAsync(DemoSite site, BrowserNewContextOptions? options = null) => OpenAsync(site.Address, options);

    /// <summary>A fresh page of somebody who is signed in.</summary>
    public Task<IPage> OpenAsync(EditorSite site, string user, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.ExtraHTTPHeaders = new Dictionary<string, string> { [EditorSite.Header] = user };
        return OpenAsync(site.Address, options);
    }

    private async Task<IPage> OpenAsync(Uri address, BrowserNewContextOptions? options)
    {
        if (_browser is null) Assert.Skip("Chromium is not installed");
        options ??= new BrowserNewContextOptions();
        options.BaseURL = address.ToString();
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.Long.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    /// <summary>A page as a PDF file, set by Chromium with the fonts of this machine.</summary>
    public async Task<byte[]> PdfAsync(string html)
    {
        if (_browser is null) Assert.Skip("Chromium is not installed");
        var page = await _browser.NewPageAsync();
        await page.SetContentAsync(html);
        var pdf = await page.PdfAsync();
        await page.CloseAsync();
        return pdf;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
