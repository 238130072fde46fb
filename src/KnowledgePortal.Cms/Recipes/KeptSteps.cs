using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// Steps that this site does not carry out: kept as data, so that an export gives them back. A step whose form is known is kept thing by thing, so
/// that a second recipe adds to it as it would in Orchard; any other is kept whole.
/// </summary>
public static class KeptSteps
{
    private enum Form
    {
        /// <summary><c>{ "Queries": [ { "Name": … } ] }</c></summary>
        List,

        /// <summary><c>{ "Templates": { "name": { … } } }</c></summary>
        Map,

        /// <summary><c>{ "Indices": [ { "name": { … } } ] }</c></summary>
        ListOfMaps,

        /// <summary><c>{ "name": { … } }</c>, the things beside the step's name.</summary>
        Members,
    }

    private sealed record Shape(string Step, Form Form, string Collection = "", params string[] Keys);

    private static readonly Shape[] Shapes =
    [
        new("MediaProfiles", Form.Map, "MediaProfiles"),
        new("Layers", Form.List, "Layers", "Name"),
        new("Queries", Form.List, "Queries", "Name"),
        new("AdminMenu", Form.List, "data", "Id"),
        new("WorkflowType", Form.List, "data", "WorkflowTypeId"),
        new("Templates", Form.Map, "Templates"),
        new("AdminTemplates", Form.Map, "AdminTemplates"),
        new("ShortcodeTemplates", Form.Map, "ShortcodeTemplates"),
        new("Sitemaps", Form.List, "data", "SitemapId"),
        new("Placements", Form.Map, "Placements"),
        new("FeatureProfiles", Form.Map, "FeatureProfiles"),
        new("deployment", Form.List, "Plans", "Name"),
        new("UrlRewriting", Form.List, "Rules", "Id"),
        new("lucene-index", Form.ListOfMaps, "Indices"),
        new("ElasticIndexSettings", Form.ListOfMaps, "Indices"),
        new("elastic-index", Form.ListOfMaps, "Indices"),
        new("azureai-index-create", Form.ListOfMaps, "Indices"),
        new("CreateOrUpdateIndexProfile", Form.List, "indexes", "Name", "Id"),
        new("custom-settings", Form.Members),
    ];

    // What a command line does is unknown, and those of set-up recipes hold passwords. Users are people of another site.
    private static readonly string[] NeverKept = ["Command", "Users", "custom-user-settings"];

    // The key of what a step holds besides its collection; no thing is called so.
    private const string Rest = "\u001F";

    /// <summary>Keeps a step that nobody carries out, and reports it.</summary>
    public static async Task KeepAsync(RecipeStepContext context)
    {
        var name = context.Report.Name;
        if (NeverKept.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            context.Report.Status = RecipeStepStatus.Skipped;
            context.Report.Skip(name, "a step that this site neither carries out nor keeps, because it holds people or passwords");
            return;
        }
        context.Report.Status = RecipeStepStatus.Kept;
        context.Report.Skip(name, "a step that this site does not carry out; kept as data");
        await WriteAsync(context);
    }

    /// <summary>Keeps a step that needs nothing done here, such as the definition of a search index.</summary>
    public static async Task WriteAsync(RecipeStepContext context)
    {
        var (name, items) = Split(context);
        foreach (var (key, value) in items)
        {
            var document = Secrets.Without(value, key == Rest || IsWhole(name) ? "" : key, context.Report)?.ToJsonString(JsonText.Options) ?? "null";
            var known = await context.Transaction.FirstAsync<string>("select document from kept_steps where step = @name and item = @key", new { name, key });
            if (known == document || IsWhole(name) && await IsKeptAsync(name, document, context.Transaction)) continue;
            await context.Transaction.ExecuteAsync(
                "insert into kept_steps (step, item, document) values (@name, @key, @document) on conflict (step, item) do update set document = excluded.document",
                new { name, key, document });
            context.Report.Wrote(IsWhole(name) || key == Rest ? name : $"{name}: {key}", known is null);
        }
    }

    private static bool IsWhole(string step) => !Shapes.Any(s => s.Step.Equals(step, StringComparison.OrdinalIgnoreCase));

    // The same step may have come from a recipe of another name, such as an export of this site.
    private static async Task<bool> IsKeptAsync(string name, string document, DatabaseTransaction transaction) =>
        await transaction.FirstAsync<long>("select count(*) from kept_steps where step = @name and document = @document", new { name, document }) > 0;

    /// <summary>The kept steps in the order in which they came, each put together again.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(Database database)
    {
        var rows = await database.QueryAsync<(string Step, string Item, string Document)>("select step, item, document from kept_steps order by id");
        return [.. rows.GroupBy(r => r.Step, StringComparer.OrdinalIgnoreCase).SelectMany(g => Join(g.Key, [.. g.Select(r => (r.Item, JsonNode.Parse(r.Document)))]))];
    }

    private static (string Name, IEnumerable<(string Key, JsonNode? Value)> Items) Split(RecipeStepContext context)
    {
        var body = new JsonObject(context.Members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        if (Shapes.FirstOrDefault(s => s.Step.Equals(context.Report.Name, StringComparison.OrdinalIgnoreCase)) is not { } shape)
            return (context.Report.Name, body.Count == 0 ? [] : [($"{context.Recipe.Name}#{context.Occurrence}", body)]);
        if (shape.Form == Form.Members) return (shape.Step, body.Select(m => (m.Key, m.Value)).ToList());
        var collection = body.Member(shape.Collection);
        var isKnown = (shape.Form, collection) is (Form.Map, JsonObject) or (Form.List or Form.ListOfMaps, JsonArray);
        var rest = new JsonObject(body.Where(m => !isKnown || !m.Key.Equals(shape.Collection, StringComparison.OrdinalIgnoreCase)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
        IEnumerable<(string, JsonNode?)> items = collection switch
        {
            JsonObject map when isKnown => map.Select(m => (m.Key, m.Value)),
            JsonArray list when isKnown && shape.Form == Form.List => list.Select(item => (Key(item, shape), item)),
            JsonArray list when isKnown => list.SelectMany(item => item is JsonObject map ? map.Select(m => (m.Key, (JsonNode?)new JsonObject { [m.Key] = m.Value?.DeepClone() })) : [(Whole(item), item)]),
            _ => [],
        };
        return (shape.Step, rest.Count == 0 ? items.ToList() : [.. items, (Rest, rest)]);
    }

    private static IEnumerable<JsonObject> Join(string name, IReadOnlyList<(string Key, JsonNode? Value)> items)
    {
        if (Shapes.FirstOrDefault(s => s.Step.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } shape)
            return items.Select(i => Step(name, i.Value as JsonObject ?? []));
        if (shape.Form == Form.Members) return [Step(shape.Step, new JsonObject(items.Select(i => KeyValuePair.Create(i.Key, i.Value))))];
        var rest = items.FirstOrDefault(i => i.Key == Rest).Value as JsonObject;
        var things = items.Where(i => i.Key != Rest).ToList();
        var step = new JsonObject { ["name"] = shape.Step };
        step[shape.Collection] = shape.Form switch
        {
            Form.Map => new JsonObject(things.Select(i => KeyValuePair.Create(i.Key, i.Value))),
            _ => new JsonArray([.. things.Select(i => i.Value)]),
        };
        foreach (var (key, value) in rest ?? []) step[key] = value?.DeepClone();
        return [step];
    }

    private static JsonObject Step(string name, JsonObject body)
    {
        var step = new JsonObject { ["name"] = name };
        foreach (var (key, value) in body) step[key] = value?.DeepClone();
        return step;
    }

    private static string Key(JsonNode? item, Shape shape) =>
        shape.Keys.Select(k => item is JsonObject o ? LooseJson.Text(o.Member(k)) : null).FirstOrDefault(k => !string.IsNullOrEmpty(k)) ?? Whole(item);

    private static string Whole(JsonNode? body) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body?.ToJsonString(JsonText.Options) ?? "null")))[..16];
}
