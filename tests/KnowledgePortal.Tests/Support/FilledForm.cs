using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace KnowledgePortal.Tests.Support;

/// <summary>A page of the workbench with its form, as a browser without scripts holds it: read, filled in, sent, read again.</summary>
public sealed class FilledForm
{
    public const string Token = "__form";

    private readonly HttpClient _client;
    private readonly List<(string Name, string Value)> _fields;
    private readonly List<(string Name, string FileName, byte[] Content)> _files = [];
    private readonly string _action;

    private FilledForm(HttpClient client, HttpResponseMessage response, IDocument page)
    {
        (_client, Status, Location, Page) = (client, response.StatusCode, response.Headers.Location?.ToString(), page);
        var form = page.QuerySelector<IHtmlFormElement>("form[data-editor]");
        _action = form?.GetAttribute("action") ?? "";
        _fields = form is null ? [] : [.. form.QuerySelectorAll("input, select, textarea").SelectMany(Successful)];
    }

    public HttpStatusCode Status { get; }

    public string? Location { get; }

    public IDocument Page { get; }

    public IReadOnlyList<(string Name, string Value)> Fields => _fields;

    public string Id => _action.Split('/')[^1];

    public string Text => Page.Body!.TextContent.Replace('\u00A0', ' ').Replace("\u2060", "");

    public IReadOnlyList<string> Errors => [.. Page.QuerySelectorAll(".errsum li").Select(e => e.TextContent.Trim())];

    public string Value(string name) => _fields.FirstOrDefault(f => f.Name == name).Value ?? "";

    public IReadOnlyList<string> Values(string name) => [.. _fields.Where(f => f.Name == name).Select(f => f.Value)];

    public static async Task<FilledForm> OpenAsync(HttpClient client, string path) => await ReadAsync(client, await client.GetAsync(path));

    /// <summary>Replaces what stands in a box; no value empties or unticks it.</summary>
    public FilledForm Set(string name, params string[] values)
    {
        _fields.RemoveAll(f => f.Name == name);
        _fields.AddRange(values.Select(v => (name, v)));
        return this;
    }

    public FilledForm Choose(string name, string fileName, byte[] content)
    {
        _files.Add((name, fileName, content));
        return this;
    }

    /// <summary>The value of a choice by its label.</summary>
    public string Choice(string name, string label) =>
        Page.QuerySelectorAll($"[name='{name}'] option").FirstOrDefault(o => o.TextContent.Trim() == label)?.GetAttribute("value")
        ?? Page.QuerySelectorAll($"input[name='{name}']").First(i => i.ParentElement!.TextContent.Trim() == label).GetAttribute("value")!;

    /// <summary>Presses a button; a redirect after success is followed.</summary>
    public async Task<FilledForm> PressAsync(string action = "save")
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in _fields) content.Add(new StringContent(value), $"\"{name}\"");
        content.Add(new StringContent(action), "action");
        foreach (var (name, fileName, bytes) in _files) content.Add(new ByteArrayContent(bytes), $"\"{name}\"", fileName);
        var response = await _client.PostAsync(action == "publish" ? _action + "/publication" : _action, content);
        return response.StatusCode == HttpStatusCode.SeeOther ? await OpenAsync(_client, response.Headers.Location!.ToString()) : await ReadAsync(_client, response);
    }

    /// <summary>Sends one of the small forms beside the big one: withdrawal, discard, removal.</summary>
    public Task<HttpResponseMessage> SendAsync(string what) => _client.PostAsync(
        $"/manage/items/{Id}/{what}", new FormUrlEncodedContent([new(Token, Value(Token))]));

    private static async Task<FilledForm> ReadAsync(HttpClient client, HttpResponseMessage response) =>
        new(client, response, new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()));

    private static IEnumerable<(string, string)> Successful(IElement element)
    {
        if (element.GetAttribute("name") is not { } name) return [];
        return element switch
        {
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
            IHtmlInputElement input => [(name, input.Value)],
            IHtmlTextAreaElement area => [(name, area.Value)],
            IHtmlSelectElement select => [.. select.Options.Where(o => o.IsSelected).Select(o => (name, o.Value))],
            _ => [],
        };
    }
}
