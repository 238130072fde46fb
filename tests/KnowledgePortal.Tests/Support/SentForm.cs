using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Shouldly;

namespace KnowledgePortal.Tests.Support;

/// <summary>One of the forms of a page, found by its address, as a browser without scripts fills it in and sends it.</summary>
public sealed class SentForm
{
    private readonly HttpClient _client;
    private readonly string _action;
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public SentForm(HttpClient client, IDocument page, string action)
    {
        (_client, _action) = (client, action);
        var form = page.QuerySelectorAll<IHtmlFormElement>("form").FirstOrDefault(f => f.GetAttribute("action") == action).ShouldNotBeNull($"no form goes to {action}");
        foreach (var element in form.QuerySelectorAll("input, select, textarea"))
            if (element.GetAttribute("name") is { } name)
                _fields.AddRange(Values(element).Select(v => KeyValuePair.Create(name, v)));
    }

    public static async Task<SentForm> OfAsync(HttpClient client, string path, string? action = null) => new(client, await PageAsync(client, path), action ?? path);

    public static async Task<IDocument> PageAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    public SentForm Set(string name, params string[] values)
    {
        _fields.RemoveAll(f => f.Key == name);
        _fields.AddRange(values.Select(v => KeyValuePair.Create(name, v)));
        return this;
    }

    public async Task<(HttpStatusCode Status, IDocument Page)> SendAsync(string? button = null)
    {
        var fields = button is null ? _fields : [.. _fields, KeyValuePair.Create("action", button)];
        var response = await _client.PostAsync(_action, new FormUrlEncodedContent(fields));
        return response.StatusCode == HttpStatusCode.SeeOther
            ? (HttpStatusCode.SeeOther, await PageAsync(_client, response.Headers.Location!.ToString()))
            : (response.StatusCode, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()));
    }

    private static IEnumerable<string> Values(IElement element) => element switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
        IHtmlInputElement input => [input.Value],
        IHtmlTextAreaElement area => [area.Value],
        IHtmlSelectElement select => select.Options.Where(o => o.IsSelected).Select(o => o.Value),
        _ => [],
    };
}
