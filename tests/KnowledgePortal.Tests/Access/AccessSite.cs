using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Tests.Documents;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Tests.Web.Members;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Features.Members;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KnowledgePortal.Tests.Access;

/// <summary>One site for all tests of access.</summary>
[CollectionDefinition(nameof(AccessSite))]
public sealed class AccessTests : ICollectionFixture<AccessSite>;

/// <summary>The demo with one thing of every kind of visibility on it, and one person of every kind.</summary>
public sealed partial class AccessSite : IAsyncLifetime
{
    public const string CommunityA = "community:" + DemoItems.MinistryCommunity;
    public const string CommunityB = "community:4b0000000000000000000000bb";
    public const string Agency = "agency:4agency";
    private const string Notes = "zqnotes";

    public static readonly Person Anonymous = new("anonymous", []);
    public static readonly Person Disabled = new("disabled", ["Member"], CommunityA);
    public static readonly Person[] People =
    [
        Anonymous, Disabled, new("membera", ["Member"], CommunityA), new("memberb", ["Member"], CommunityB), new("officer", [], Agency), new("named", []),
        new("author", ["Member"]), new("editor", ["Organizer"]), new("root", ["Administrator"]),
    ];

    private static readonly string[] All = [.. People.Select(p => p.Name)];
    private static readonly string[] SignedIn = [.. All.Except(["anonymous", "disabled"])];
    private static readonly string[] Author = ["author", "editor", "root"];

    public static readonly Thing[] Things =
    [
        new("public", "Article", "articles/", All), new("signed", "Article", "articles/", SignedIn),
        new("coma", "Article", "articles/", ["membera", "editor", "root"]) { Files = ["uploads/coma/large.webp"] },
        new("comb", "BestPractice", "practices/", ["memberb", "editor", "root"]), new("agency", "Article", "articles/", ["officer", "editor", "root"]),
        new("named", "Article", "articles/", ["named", "editor", "root"]), new("owned", "BestPractice", "practices/", ["memberb", .. Author]),
        new("draft", "BestPractice", "practices/", []) { Previewers = Author }, new("later", "BestPractice", "practices/", []) { Previewers = Author },
        new("withdrawn", "BestPractice", "practices/", []) { Previewers = Author }, new("trashed", "BestPractice", "practices/", []),
        new("sessa", "CopSession", "cop/moi/2569/", ["membera", "editor", "root"]) { Files = [$"{Notes}/sessa.docx"] },
        new("reca", "Recording", "", ["membera", "editor", "root"]) { Path = "cop/moi/2569/zqpsessaz/watch", Files = [$"{Notes}/reca.mp4", $"{Notes}/reca.webp", $"{Notes}/reca.vtt"] },
        new("sessp", "CopSession", "cop/moi/2569/", All),
        new("recb", "Recording", "", ["memberb", "editor", "root"]) { Path = "cop/moi/2569/zqpsesspz/watch", Files = [$"{Notes}/recb.mp4", $"{Notes}/recb.vtt"] },
        new("told", "BestPractice", "practices/", All), new("binder", "Binder", "", ["membera", "root"]), new("leaf", "Leaf", "", ["membera", "root"]),
        new("leafb", "Leaf", "", ["root"]), new("comm", "Community", "cop/", SignedIn), new("sessc", "CopSession", "cop/zqpcqmmz/2569/", SignedIn), new("pointer", "Pointer", "", All),
    ];

    private readonly ScratchFolder _folder = new();
    private PortalHost _host = null!;
    private readonly Dictionary<Person, HttpClient> _clients = [];
    private readonly ConcurrentDictionary<Person, string> _tokens = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>The routes as the application has them.</summary>
    public IReadOnlyList<(string Pattern, string[] Methods)> Routes() =>
    [
        .. Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => ("/" + e.RoutePattern.RawText!.TrimStart('/'), e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.ToArray() ?? ["GET"])),
    ];

    public Database Database => Get<Database>();

    /// <summary>A thing by its name.</summary>
    public static Thing Of(string name) => Things.First(t => t.Name == name);

    public HttpClient As(Person person) => _clients[person];

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        await SiteTemplates.CopyAsync("demo.recipe.json", _folder.Path);
        _host = new PortalHost(_folder.Path);
        var address = _host.Start();
        var recipe = System.IO.Path.Combine(_folder.Path, "types.recipe.json");
        await File.WriteAllTextAsync(recipe, Types);
        await Get<RecipeExecutor>().RunAsync(Recipe.ReadFile(recipe), new Dictionary<string, string>());
        WriteFiles();
        await WriteThingsAsync();
        while (await Get<DocumentRound>().ReadNextAsync(CancellationToken.None)) { }
        await _host.CatchUpAsync();
        var hash = Get<Passwords>().Hash(MembersSite.Password);
        foreach (var (person, i) in People.Select((p, i) => (p, i)))
        {
            var browser = new MemberBrowser(address, $"203.0.113.{i + 1}");
            if (person != Anonymous) await JoinAsync(person, hash, browser);
            var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = browser.Cookies };
            _clients[person] = new HttpClient(handler) { BaseAddress = address };
            _clients[person].DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{i + 1}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A form token of somebody, from a page that everybody has.</summary>
    public async Task<string> TokenAsync(Person person) =>
        _tokens.TryGetValue(person, out var known) ? known : _tokens[person] = FormToken().Match(await As(person).GetStringAsync("/subscribe")).Groups[1].Value;

    private async Task JoinAsync(Person person, string hash, MemberBrowser browser)
    {
        var accounts = Get<Accounts>();
        await using (var transaction = await Database.BeginAsync())
        {
            var account = await accounts.AddAsync(new NewAccount(person.UserName, $"คุณ {person.Name}", person.Roles, hash), "account.create", Actor.System, transaction);
            await accounts.SetMembershipsAsync(account!, person.Groups, Actor.System, transaction);
            await transaction.CommitAsync();
        }
        await browser.SignInAsync(person.UserName);
        if (person != Disabled) return;
        // The session is left as it was: the account alone must be enough to refuse it.
        await using var change = await Database.BeginAsync();
        await change.ExecuteAsync("update accounts set is_enabled = 0 where user_name = @UserName", new { person.UserName });
        await change.CommitAsync();
    }

    private void WriteFiles()
    {
        var root = Get<MediaFolder>().Root;
        foreach (var thing in Things)
            foreach (var file in thing.Files)
            {
                var path = System.IO.Path.Combine(root, file);
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                if (file.EndsWith(".docx", StringComparison.Ordinal)) File.WriteAllBytes(path, Packages.Docx($"รายงานการประชุมฉบับเต็ม zqfile{thing.Name}z {thing.Secret} ที่ใช้อ้างอิงในการประชุมครั้งต่อไปของชุมชน"));
                else File.WriteAllText(path, $"WEBVTT\n\n00:00.000 --> 00:05.000\nzqcommon {thing.Secret} {thing.Marker}\n");
            }
        foreach (var width in new[] { "800", "320" }) File.WriteAllText(System.IO.Path.Combine(root, $"uploads/coma/{width}.webp"), Of("coma").Secret);
    }

    private async Task WriteThingsAsync()
    {
        var (contents, lifecycle) = (Get<ContentManager>(), Get<ContentLifecycle>());
        await using var transaction = await Database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into media_files (media_key, media_path, file_name, content_type, length, sha256, uploaded_utc, uploaded_by) values ('uploads/coma', 'uploads/coma/large.webp', 'a.webp', 'image/webp', 1, '', '2026-11-01T00:00:00Z', 'nobody')");
        await TakeAsync("public");
        await TakeAsync("signed", groups: ["signed-in"]);
        await TakeAsync("coma", groups: [CommunityA]);
        await TakeAsync("comb", groups: [CommunityB]);
        await TakeAsync("agency", groups: [Agency]);
        await TakeAsync("named", groups: ["user:named@people.example"]);
        await TakeAsync("owned", owner: "author@people.example", groups: [CommunityB]);
        await TakeAsync("draft", owner: "author@people.example", published: false);
        await TakeAsync("later", """{ "PublishLaterPart": { "ScheduledPublishUtc": "2099-01-01T00:00:00Z" } }""", owner: "author@people.example", published: false);
        await TakeAsync("withdrawn", owner: "author@people.example");
        await TakeAsync("trashed", owner: "author@people.example");
        await TakeAsync("reca", Recording("sessa", "reca", poster: true)); // before its session, which brings the groups
        await TakeAsync("sessa", Session(null), groups: [CommunityA]);
        await TakeAsync("sessp", Session(Of("sessa").Id));
        await TakeAsync("recb", Recording("sessp", "recb", poster: false), groups: [CommunityB]);
        await TakeAsync("told", $$"""{ "BestPractice": { "OneLine": { "Text": "zqcommon" }, "ToldIn": { "ContentItemIds": ["{{Of("sessa").Id}}"] } } }""");
        await TakeAsync("leaf", Contained);
        await TakeAsync("binder", groups: [CommunityA]);
        await TakeAsync("leafb", Contained, groups: [CommunityB]);
        await TakeAsync("comm", """{ "Community": { "ShortName": { "Text": "zqmcqmmz" } } }""", groups: ["signed-in"]);
        await TakeAsync("sessc", Session(null).Replace(DemoItems.MinistryCommunity, Of("comm").Id));
        var ids = new JsonArray([.. Things.Select(t => JsonValue.Create(t.Id))]);
        await TakeAsync("pointer", new JsonObject { ["Pointer"] = new JsonObject { ["Points"] = new JsonObject { ["ContentItemIds"] = ids } } }.ToJsonString());
        await lifecycle.UnpublishAsync(Of("withdrawn").Id, Actor.System, transaction);
        await lifecycle.RemoveAsync(Of("trashed").Id, Actor.System, transaction);
        foreach (var thing in Things)
        {
            await transaction.ExecuteAsync("insert into autoroute_redirects (path, content_item_id) values (@Former, @Id)", new { thing.Former, thing.Id });
            await transaction.ExecuteAsync("insert into activity_events (at_utc, kind, content_item_id, content_type) values ('2026-11-01T00:00:00Z', 'published', @Id, @Type)", new { thing.Id, thing.Type });
        }
        await transaction.CommitAsync();

        Task TakeAsync(string name, string parts = "{}", string? owner = null, string[]? groups = null, bool published = true) =>
            contents.ImportAsync(Of(name).Item(JsonNode.Parse(parts)!.AsObject(), owner, groups, published), transaction);
    }

    private static string Contained => $$"""{ "ContainedPart": { "ListContentItemId": "{{Of("binder").Id}}", "ListContentType": "Binder", "Order": 0 } }""";

    private static string Session(string? next) =>
        $$"""
        { "CopSession": { "Kind": { "Text": "cop" }, "HeldOn": { "Value": "2026-10-05" }, "FiscalYear": { "Value": 2569 }, "OneLine": { "Text": "zqcommon" }, "Community": { "ContentItemIds": ["{{DemoItems.MinistryCommunity}}"] },
          "NextSession": { "ContentItemIds": [{{(next is null ? "" : $"\"{next}\"")}}] } } }
        """;

    private static string Recording(string session, string file, bool poster) =>
        $$"""
        { "Recording": { "Session": { "ContentItemIds": ["{{Of(session).Id}}"] }, "Duration": { "Value": 60 }, "Video": { "Paths": ["{{Notes}}/{{file}}.mp4"] },
          "Captions": { "Paths": ["{{Notes}}/{{file}}.vtt"] } {{(poster ? $", \"Poster\": {{ \"Paths\": [\"{Notes}/{file}.webp\"] }}" : "")}} } }
        """;

    private const string Types =
        """
        { "name": "types", "steps": [ { "name": "ContentDefinition",
          "ContentTypes": [
            { "Name": "Binder", "DisplayName": "แฟ้ม", "Settings": { "ContentTypeSettings": { "Creatable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart", "Settings": {} },
              { "PartName": "ListPart", "Name": "ListPart", "Settings": { "ListPartSettings": { "ContainedContentTypes": ["Leaf"] } } } ] },
            { "Name": "Leaf", "DisplayName": "แผ่น", "Settings": { "ContentTypeSettings": { "Creatable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart", "Settings": {} } ] },
            { "Name": "Pointer", "DisplayName": "ป้ายชี้", "Settings": { "ContentTypeSettings": { "Creatable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "Pointer", "Name": "Pointer", "Settings": {} } ] } ],
          "ContentParts": [ { "Name": "Pointer", "ContentPartFieldDefinitionRecords": [ { "FieldName": "ContentPickerField", "Name": "Points",
            "Settings": { "ContentPartFieldSettings": { "DisplayName": "ชี้ไปที่" }, "ContentPickerFieldSettings": { "Multiple": true, "DisplayAllContentTypes": true } } } ] } ] } ] }
        """;

    [GeneratedRegex("""name="__form"[^>]*value="([^"]+)""")]
    private static partial Regex FormToken();
}
