using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Api.Reference;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Api;

/// <summary>The document says what the interface does: every route is in it, every status that it promises is answered so.</summary>
public sealed partial class ContractTests(ApiSite site)
{
    private static readonly JsonObject Document = ApiContract.Document;

    [Fact]
    public void Every_route_is_in_the_document_and_the_other_way_round()
    {
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/") && !e.Metadata.OfType<Microsoft.AspNetCore.Mvc.ApiExplorerSettingsAttribute>().Any(a => a.IgnoreApi))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Where(m => m != "HEAD").Select(m => $"{m.ToLowerInvariant()} /{e.RoutePattern.RawText!.TrimStart('/')}")).Distinct();
        routes.ShouldBe(OpenApiDocument.Operations(Document).Select(o => $"{o.Method} {o.Path}"), ignoreOrder: true);
    }

    [Fact]
    public async Task The_document_is_given_out_in_both_languages_and_is_sound()
    {
        foreach (var (asked, language) in new[] { ("th", "th"), ("en;q=0.9, th;q=0.1", "en"), ("de", "th") })
        {
            var answer = await site.Anybody().GetAsync("/api/v1/openapi.json", ("Accept-Language", asked));
            answer.Header("Content-Language").ShouldBe(language);
            answer.Header("Vary").ShouldContain("Accept-Language");
            answer.Json["openapi"]!.ToString().ShouldBe("3.1.0");
            ApiContract.IsThai(answer.Json["paths"]!["/api/v1/content"]!["get"]!["summary"]!.ToString()).ShouldBe(language == "th");
        }
        var ids = OpenApiDocument.Operations(Document).Select(o => o.Json["operationId"]!.ToString()).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
        foreach (var reference in References(Document)) OpenApiDocument.Follow(Document, new JsonObject { ["$ref"] = reference });
        foreach (var (path, method, json) in OpenApiDocument.Operations(Document))
        {
            var shared = Document["paths"]![path]!["parameters"] as JsonArray ?? [];
            var inPath = shared.Concat(json["parameters"] as JsonArray ?? []).Select(p => OpenApiDocument.Follow(Document, p!)).Where(p => p["in"]!.ToString() == "path").Select(p => p["name"]!.ToString());
            inPath.ShouldBe(InBraces().Matches(path).Select(m => m.Groups[1].Value), $"{method} {path}");
        }
    }

    [Fact]
    public void Examples_are_as_their_schemas_say()
    {
        var checkedExamples = 0;
        foreach (var content in Contents(Document))
        {
            if (content["example"] is not { } example || content["schema"] is not { } schema) continue;
            JsonSchemaCheck.Faults(Document, schema, example).ShouldBeEmpty(example.ToJsonString());
            checkedExamples++;
        }
        checkedExamples.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void A_problem_of_every_kind_can_be_told_by_its_path()
    {
        ProblemKind.All.Select(k => k.Type).Distinct().Count().ShouldBe(ProblemKind.All.Count);
        ProblemKind.All.ShouldAllBe(k => ApiContract.IsThai(k.Title.Thai) && !ApiContract.IsThai(k.Title.English));
    }

    [Fact]
    public async Task Every_operation_answers_every_status_that_it_promises()
    {
        var seen = new HashSet<(string, int)>();
        await GoThroughAsync();
        await RefuseAsync();
        await LimitAsync();
        await BreakAsync();
        foreach (var pair in ApiContract.Seen.Keys) seen.Add(pair);
        var promised = OpenApiDocument.Operations(Document).SelectMany(o => o.Json["responses"]!.AsObject().Select(r => (o.Json["operationId"]!.ToString(), int.Parse(r.Key))));
        // A fault cannot be asked for; that it is a problem in json is shown where one can be made.
        promised.Where(p => p.Item2 != 500).Except(seen).ShouldBeEmpty();
        seen.Count(s => s.Item2 == 500).ShouldBeGreaterThan(1);
    }

    private async Task GoThroughAsync()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        foreach (var path in new[] { "/api/v1/content?limit=2", "/api/v1/types", "/api/v1/types/CopSession", "/api/v1/taxonomies", "/api/v1/taxonomies/topics/terms", "/api/v1/search?q=นวัตกรรม&fy=2563", "/api/v1/search/suggest?q=นวัต", "/api/v1/session", "/api/v1/openapi.json" })
        {
            (await organizer.GetAsync(path)).Status.ShouldBe(200, path);
            (await site.Anybody().GetAsync(path)).Status.ShouldBe(200, path);
        }
        var made = await organizer.PostAsync("/api/v1/content", ContentApiTests.Session("ตามเอกสาร"));
        var address = made.Header("Location");
        var put = await organizer.PutAsync(address, made.Tag, made.Json);
        var patched = await organizer.PatchAsync(address, put.Tag, """{ "CopSession": { "OneLine": { "Text": "ก" } } }""");
        (await organizer.GetAsync(address + "?version=latest")).Status.ShouldBe(200);
        (await organizer.GetAsync(address + "?version=latest", ("If-None-Match", patched.Tag!))).Status.ShouldBe(304);
        var incomplete = ContentApiTests.Session("ไม่ครบ");
        incomplete["CopSession"]!.AsObject().Remove("Community");
        (await organizer.PostAsync((await organizer.PostAsync("/api/v1/content", incomplete)).Header("Location") + "/publication")).Status.ShouldBe(422);
        foreach (var stale in new[] { await organizer.PutAsync(address, made.Tag, made.Json), await organizer.PatchAsync(address, made.Tag, "{}"), await organizer.DeleteAsync(address, made.Tag), await organizer.PostAsync(address + "/publication", null, ("If-Match", made.Tag!)), await organizer.DeleteAsync(address + "/publication", made.Tag) })
            stale.Status.ShouldBe(412);
        foreach (var blind in new[] { await organizer.PutAsync(address, null, made.Json), await organizer.PatchAsync(address, null, "{}"), await organizer.DeleteAsync(address) }) blind.Status.ShouldBe(428);
        (await organizer.PostAsync(address + "/publication")).Status.ShouldBe(200);
        (await organizer.DeleteAsync(address + "/publication")).Status.ShouldBe(204);
        (await organizer.DeleteAsync(address, "*")).Status.ShouldBe(204);
    }

    private async Task RefuseAsync()
    {
        var organizer = await site.AsAsync(DemoSite.Organizer);
        var deaf = await site.AsAsync(DemoSite.Organizer, "none");
        var wrong = site.With("kp_wrong");
        var tag = ("If-Match", "*");
        var large = "{\"a\":{\"b\":\"" + new string('x', 1024 * 1024) + "\"}}";
        foreach (var (path, method, json) in OpenApiDocument.Operations(Document))
        {
            var verb = method.ToUpperInvariant();
            var type = verb == "PATCH" ? "application/merge-patch+json" : "application/json";
            string At(string handle, string name) => path.Replace("{handle}", handle).Replace("{name}", name);
            var there = At(DemoItems.Session4Of2563, path.Contains("taxonomies") ? "topics" : "CopSession");
            var body = verb is "POST" or "PUT" or "PATCH" ? "{}" : null;
            var statuses = json["responses"]!.AsObject().Select(r => int.Parse(r.Key)).ToHashSet();
            (await wrong.SendAsync(verb, there, body, [tag], type)).Status.ShouldBe(401);
            (await organizer.SendAsync(verb, there, body, [tag, ("Accept", "text/html")], type)).Status.ShouldBe(406);
            if (statuses.Contains(403)) (await deaf.SendAsync(verb, there, body, [tag], type)).Status.ShouldBe(403, $"{verb} {there}");
            if (statuses.Contains(404)) (await organizer.SendAsync(verb, At("4aaaaaaaaaaaaaaaaaaaaaaaaa", "None"), body, [tag], type)).Status.ShouldBe(404);
            if (statuses.Contains(413)) (await organizer.SendAsync(verb, there, large, [tag], type)).Status.ShouldBe(413);
            if (statuses.Contains(415)) (await organizer.SendAsync(verb, there, body, [tag], "text/plain")).Status.ShouldBe(415);
            if (statuses.Contains(422) && !path.EndsWith("publication")) (await organizer.SendAsync(verb, there, """{ "ContentType": "Nothing", "isAdmin": true }""", [tag], type)).Status.ShouldBe(422);
            if (statuses.Contains(400)) (await organizer.SendAsync(verb, body is null ? there + "?version=x&sort=x&q=" + new string('x', 501) : there, body is null ? null : "[", [tag], type)).Status.ShouldBe(400, $"{verb} {there}");
        }
    }

    private static async Task LimitAsync()
    {
        using var folder = new ScratchFolder();
        await SiteTemplates.CopyAsync("setup.recipe.json", folder.Path);
        await using var host = new PortalHost(folder.Path, configure: services => services.AddSingleton(provider =>
            PortalSettings.Read(provider.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()) with { ApiReadsPerMinute = 1, ApiWritesPerMinute = 1, SearchesPerSecond = 1 }));
        var client = new ApiClient(host.Start(), null);
        foreach (var (path, method, _) in OpenApiDocument.Operations(Document))
        {
            ApiAnswer answer;
            var tries = 0;
            do answer = await client.SendAsync(method.ToUpperInvariant(), InBraces().Replace(path, "x"), null);
            while (answer.Status != 429 && ++tries < 60);
            answer.Status.ShouldBe(429, path);
            answer.Header("Retry-After").ShouldNotBeEmpty(path);
        }
    }

    private static async Task BreakAsync()
    {
        using var folder = new ScratchFolder();
        await using var empty = new PortalHost(folder.Path);
        var early = new ApiClient(empty.Start(), null);
        foreach (var (path, method, _) in OpenApiDocument.Operations(Document))
            (await early.SendAsync(method.ToUpperInvariant(), InBraces().Replace(path, "x"), null)).Status.ShouldBe(503);

        using var second = new ScratchFolder();
        await SiteTemplates.CopyAsync("setup.recipe.json", second.Path);
        await using var host = new PortalHost(second.Path);
        var client = new ApiClient(host.Start(), null);
        await using (var transaction = await host.Services.GetRequiredService<KnowledgePortal.Cms.Data.Database>().BeginAsync())
        {
            await transaction.ExecuteAsync("update content_type_definitions set document = 'no json'");
            await transaction.CommitAsync();
        }
        foreach (var path in new[] { "/api/v1/types", "/api/v1/types/Page" })
        {
            var fault = await client.GetAsync(path);
            fault.Kind.ShouldBe("/problems/fault");
            fault.Text.ShouldNotContain("Json");
            fault.Text.ShouldNotContain(" at ");
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(m => m is { Key: "$ref", Value: JsonValue value } ? [value.ToString()] : References(m.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    private static IEnumerable<JsonNode> Contents(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(m => m is { Key: "content", Value: JsonObject media } ? media.Select(t => t.Value!) : Contents(m.Value)),
        JsonArray array => array.SelectMany(Contents),
        _ => [],
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InBraces();
}
