using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using KnowledgePortal.Tests.Support;

namespace KnowledgePortal.Tests.Crashes.Harness;

/// <summary>Somebody who writes over HTTP and notes in the journal what he was told.</summary>
public sealed class Author(Journal journal)
{
    // One jar for all processes of the site: the session outlives them, as a browser's does.
    private readonly CookieContainer _cookies = new();

    public async Task SignInAsync(ServedSite site)
    {
        using var client = Client(site);
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/login"));
        var form = page.QuerySelectorAll<IHtmlInputElement>("form[method=post] input[type=hidden]").ToDictionary(i => i.Name!, i => i.Value);
        form["Email"] = CrashSite.Administrator;
        form["Password"] = CrashSite.Password;
        using var response = await client.PostAsync("/login", new FormUrlEncodedContent(form));
        if (response.StatusCode != HttpStatusCode.SeeOther) throw new InvalidOperationException($"signing in answered {response.StatusCode}");
    }

    /// <summary>Publishes a new page; false when the site died before it answered.</summary>
    public Task<bool> PublishAsync(ServedSite site, string title) => TryAsync(site, async client =>
        await PublishAsync(await FilledForm.OpenAsync(client, "/manage/new/Page"), title));

    /// <summary>Publishes a page again under another title.</summary>
    public Task<bool> ChangeAsync(ServedSite site, string contentItemId, string title) => TryAsync(site, async client =>
        await PublishAsync(await FilledForm.OpenAsync(client, $"/manage/items/{contentItemId}"), title));

    /// <summary>Uploads a file of random bytes.</summary>
    public Task<bool> UploadAsync(ServedSite site) => TryAsync(site, async client => await UploadAsync(client, await FilledForm.OpenAsync(client, "/manage/new/Page")));

    /// <summary>The same from a form that is open already, over its connection.</summary>
    public async Task UploadAsync(HttpClient client, FilledForm form)
    {
        var content = Encoding.ASCII.GetBytes($"%PDF-1.4\n{RandomNumberGenerator.GetHexString(4000)}\n%%EOF");
        using var response = await client.PostAsync("/manage/media", new MultipartFormDataContent
        {
            { new StringContent(form.Value(FilledForm.Token)), FilledForm.Token }, { new ByteArrayContent(content), "file", "document.pdf" },
        });
        if (response.StatusCode != HttpStatusCode.Created) throw new UnexpectedAnswerException($"an upload answered {(int)response.StatusCode}", response.StatusCode);
        journal.AcknowledgeFile((await response.Content.ReadFromJsonAsync<JsonObject>())!["path"]!.ToString(), content);
    }

    public HttpClient Client(ServedSite site) => new(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = site.Address };

    private async Task PublishAsync(FilledForm form, string title)
    {
        journal.Attempt(form.Id, title);
        var published = await form.Set("TitlePart.Title", title).PressAsync("publish");
        if (published.Status != HttpStatusCode.OK || published.Errors.Count > 0) throw new UnexpectedAnswerException($"a publish answered {(int)published.Status} {published.Page.Title} {string.Join(' ', published.Errors)}", published.Status);
        journal.Acknowledge(form.Id, title);
    }

    private async Task<bool> TryAsync(ServedSite site, Func<HttpClient, Task> act)
    {
        using var client = Client(site);
        try
        {
            await act(client);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException { StatusCode: null } or IOException or SocketException or TaskCanceledException)
        {
            return false;
        }
    }
}

/// <summary>The site answered, but not with success.</summary>
public sealed class UnexpectedAnswerException(string message, HttpStatusCode status) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
