using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace KnowledgePortal.Tests.Web.Members;

/// <summary>A browser without a screen: it keeps cookies, fills forms in with their tokens, and follows no redirect.</summary>
public sealed class MemberBrowser
{
    private readonly HttpClient _client;

    public MemberBrowser(Uri address, string from, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        Address = address;
        From = from;
    }

    public CookieContainer Cookies { get; }

    public Uri Address { get; }

    private string From { get; }

    public string? SessionCookie => Cookies.GetCookies(Address)["portal"]?.Value;

    /// <summary>Another browser with a copy of the session's cookie.</summary>
    public MemberBrowser Copy()
    {
        var copy = new CookieContainer();
        copy.Add(Address, new Cookie("portal", SessionCookie));
        return new MemberBrowser(Address, From, copy);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    public async Task<IHtmlDocument> PageAsync(string path) => await ReadAsync(await _client.GetAsync(path));

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) => new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>Fills in the form with this action on a page: what it holds, and what is given.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var document = await PageAsync(page);
        var form = document.QuerySelector($"form[method=post][action='{action}']");
        form.ShouldNotBeNull($"{page} has no form for {action}: {document.Title}");
        var held = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Where(input => fields.All(f => f.Name != input.Name)).Select(input => (input.Name!, input.Value));
        return await PostAsync(action, [.. held, .. fields]);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        _client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<HttpResponseMessage> TryToSignInAsync(string email, string password) => SubmitAsync("/login", "/login", ("Email", email), ("Password", password));

    public async Task SignInAsync(string email, string password = MembersSite.Password) =>
        (await TryToSignInAsync(email, password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

    public async Task<bool> IsSignedInAsync() => (await GetAsync("/account")).StatusCode == HttpStatusCode.OK;
}

public static class Answers
{
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, string field)
    {
        var page = await MemberBrowser.ReadAsync(response);
        return page.QuerySelector($"#field-{field}-error")?.TextContent ?? "";
    }

    public static void ShouldAskToSignIn(this HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldStartWith("/login");
    }
}
