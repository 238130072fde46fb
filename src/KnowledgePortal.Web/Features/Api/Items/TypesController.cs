using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>What a program has to know before it writes: the types that its account sees or makes, and the terms of taxonomies.</summary>
public sealed class TypesController(ContentSight sight, ContentDefinitions definitions, EditorAccess access, TermLists terms) : Controller
{
    [HttpGet("/api/v1/types")]
    public async Task<IActionResult> Types()
    {
        var (types, creatable) = await SeenAsync();
        return Answer(new JsonObject
        {
            ["types"] = new JsonArray([.. types.Select(t => new JsonObject { ["name"] = t.Name, ["title"] = t.DisplayName, ["creatable"] = creatable.Contains(t.Name), ["url"] = $"/api/v1/types/{t.Name}" })]),
        });
    }

    [HttpGet("/api/v1/types/{name}")]
    public async Task<IActionResult> One(string name)
    {
        var (types, creatable) = await SeenAsync();
        if (types.FirstOrDefault(t => t.Name == name) is not { } type) throw ContentSight.NotFound();
        var json = TypeDescriptions.Of(type);
        json["creatable"] = creatable.Contains(name);
        return Answer(json);
    }

    [HttpGet("/api/v1/taxonomies")]
    public async Task<IActionResult> Taxonomies()
    {
        ContentSight.RequireScope(User, ApiScopes.Read);
        return Answer(new JsonObject
        {
            ["taxonomies"] = new JsonArray([.. (await terms.OfAsync(User)).GroupBy(t => t.Taxonomy).OrderBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => new JsonObject { ["name"] = t.Key, ["terms"] = t.Count(), ["url"] = $"/api/v1/taxonomies/{Uri.EscapeDataString(t.Key)}/terms" })]),
        });
    }

    [HttpGet("/api/v1/taxonomies/{name}/terms")]
    public async Task<IActionResult> Terms(string name)
    {
        ContentSight.RequireScope(User, ApiScopes.Read);
        var all = await terms.OfAsync(User, name);
        if (all.Count == 0) throw ContentSight.NotFound();
        return Answer(new JsonObject
        {
            ["taxonomy"] = name,
            ["terms"] = new JsonArray([.. all.Select(t => new JsonObject
            {
                ["id"] = t.TermId, ["slug"] = t.Slug, ["title"] = t.Title, ["parent"] = t.ParentTermId, ["url"] = t.Path.Length == 0 ? null : "/" + t.Path,
                ["aliases"] = new JsonArray([.. t.Aliases.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(a => (JsonNode?)a)]),
            })]),
        });
    }

    private async Task<(List<ContentTypeDefinition> Types, HashSet<string> Creatable)> SeenAsync()
    {
        ContentSight.RequireScope(User, ApiScopes.Read);
        var creatable = (await access.CreatableAsync(User.ToVisitor())).Where(t => User.Covers(ApiScopes.Write, t.Name)).Select(t => t.Name).ToHashSet();
        var seen = new List<ContentTypeDefinition>();
        foreach (var type in (await definitions.AllAsync()).Values)
            if (creatable.Contains(type.Name) || await sight.ViewsAsync(User, type.Name)) seen.Add(type);
        return (seen, creatable);
    }

    private ContentResult Answer(JsonObject json)
    {
        if (User.Identity?.IsAuthenticated != true) Response.Headers.CacheControl = "public, no-cache";
        return new ContentResult { Content = json.ToJsonString(JsonText.Options), ContentType = "application/json; charset=utf-8" };
    }
}
