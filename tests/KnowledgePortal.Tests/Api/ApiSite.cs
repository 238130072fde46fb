using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Api;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Members;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(ApiSite))]

namespace KnowledgePortal.Tests.Api;

/// <summary>The demo site as programs meet it: keys for its people, a clock that a test moves.</summary>
public sealed class ApiSite : IAsyncLifetime
{
    public static readonly string[] AllScopes = [ApiScopes.Read, ApiScopes.Write, ApiScopes.Publish, ApiScopes.Delete];

    private readonly ScratchFolder _folder = new();
    private PortalHost _host = null!;

    public MovedClock Clock { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _host.Services;

    public string Data => _folder.Path;

    public Database Database => Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        await SiteTemplates.CopyAsync("demo.recipe.json", _folder.Path);
        _host = new PortalHost(_folder.Path, configure: services => services.AddSingleton<TimeProvider>(Clock));
        Address = _host.Start();
        await _host.CatchUpAsync();
    }

    /// <summary>A program with a key of one of the demo's people.</summary>
    public async Task<ApiClient> AsAsync(string userName, params string[] scopes) => new(Address, await KeyAsync(userName, new NewApiKey("ทดสอบ", scopes.Length > 0 ? scopes : AllScopes, [], null)));

    public ApiClient Anybody() => new(Address, null);

    public ApiClient With(string? key) => new(Address, key);

    public async Task<string> KeyAsync(string userName, NewApiKey asked)
    {
        var account = (await Services.GetRequiredService<Accounts>().FindByNameAsync(userName))!;
        await using var transaction = await Database.BeginAsync();
        var (_, secret) = await Services.GetRequiredService<ApiKeys>().AddAsync(account, asked, new Actor(userName), transaction);
        await transaction.CommitAsync();
        return secret;
    }

    public MemberBrowser Browse(string from = "203.0.113.9") => new(Address, from);

    public Task CatchUpAsync() => _host.CatchUpAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>An answer of the API.</summary>
public sealed record ApiAnswer(int Status, HttpResponseMessage Response, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public string? Tag => Response.Headers.ETag?.ToString();

    public string Kind => Json["type"]!.ToString();

    public string Header(string name) => Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
}

/// <summary>A program that asks the API.</summary>
public sealed class ApiClient
{
    private readonly HttpClient _client;

    public ApiClient(Uri address, string? key, HttpMessageHandler? handler = null)
    {
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        if (key is not null) _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<ApiAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<ApiAnswer> PostAsync(string path, JsonNode? body = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, body?.ToJsonString(), headers);

    public Task<ApiAnswer> PutAsync(string path, string? tag, JsonNode body) => SendAsync("PUT", path, body.ToJsonString(), Match(tag));

    public Task<ApiAnswer> PatchAsync(string path, string? tag, string body) => SendAsync("PATCH", path, body, Match(tag), "application/merge-patch+json");

    public Task<ApiAnswer> DeleteAsync(string path, string? tag = null) => SendAsync("DELETE", path, null, Match(tag));

    public async Task<ApiAnswer> SendAsync(string method, string path, string? body, (string Name, string Value)[]? headers = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value);
        var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (path.StartsWith("/api/")) ApiContract.Check(method, path, (int)response.StatusCode, text, response.Content.Headers, response.Headers);
        return new ApiAnswer((int)response.StatusCode, response, text);
    }

    private static (string, string)[] Match(string? tag) => tag is null ? [] : [("If-Match", tag)];
}
