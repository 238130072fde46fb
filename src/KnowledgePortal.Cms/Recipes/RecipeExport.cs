using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Media;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>What an export holds.</summary>
/// <param name="Types">Only these content types; empty for the whole site.</param>
/// <param name="WithMedia">A package with the media files instead of a lone recipe.</param>
public sealed record RecipeExportScope(IReadOnlyList<string> Types, bool WithMedia);

/// <summary>
/// Writes the site as a recipe: definitions, roles, settings, kept steps, and of every item the published version and a draft that is newer, in the
/// order in which the items came. Users, secrets and what is only this site's own state stay here.
/// </summary>
public sealed class RecipeExport(Database database, MediaFolder media)
{
    // Zip knows no earlier day; the same for all, so that equal sites give equal packages.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the export to a stream.</summary>
    public async Task WriteAsync(Stream output, RecipeExportScope scope)
    {
        if (!scope.WithMedia)
        {
            await WriteRecipeAsync(output, scope, []);
            return;
        }
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var files = await MediaPathsAsync(scope);
        await using (var recipe = Entry(archive, RecipePackage.RecipeName)) await WriteRecipeAsync(recipe, scope, files);
        foreach (var path in files)
        {
            await using var entry = Entry(archive, path);
            await using var content = File.OpenRead(media.Find(path)!);
            await content.CopyToAsync(entry);
        }
    }

    private static Stream Entry(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = EntryTime;
        return entry.Open();
    }

    private async Task WriteRecipeAsync(Stream output, RecipeExportScope scope, IReadOnlyList<string> files)
    {
        await using var writer = new Utf8JsonWriter(output, Format);
        writer.WriteStartObject();
        foreach (var (name, value) in Header()) WriteMember(writer, name, value);
        writer.WriteStartArray("steps");
        foreach (var step in await StepsAsync(scope)) Write(writer, step);
        if (files.Count > 0) Write(writer, MediaStep(files));
        await WriteContentAsync(writer, scope);
        if (scope.Types.Count == 0)
            foreach (var step in await KeptSteps.ReadAsync(database)) Write(writer, step);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonObject Header() => new()
    {
        ["name"] = "SiteExport", ["displayName"] = "Site export", ["description"] = "", ["author"] = "", ["website"] = "", ["version"] = "1.0.0",
        ["issetuprecipe"] = false, ["categories"] = new JsonArray(), ["tags"] = new JsonArray(),
    };

    private async Task<IReadOnlyList<JsonObject>> StepsAsync(RecipeExportScope scope)
    {
        var sections = (await database.QueryAsync<(string Name, string Document)>("select name, document from site_settings order by name"))
            .Select(s => (s.Name, Value: JsonNode.Parse(s.Document))).ToList();
        var steps = new List<JsonObject>();
        if (scope.Types.Count == 0)
        {
            if (sections.FirstOrDefault(s => s.Name == SiteSettings.Features).Value is JsonArray features)
                steps.Add(new JsonObject { ["name"] = "feature", ["enable"] = features.DeepClone() });
            if (sections.FirstOrDefault(s => s.Name == SiteSettings.Themes).Value is JsonObject { Count: > 0 } themes)
                steps.Add(new JsonObject([new("name", "themes"), .. themes.Select(t => KeyValuePair.Create(t.Key, t.Value?.DeepClone()))]));
            if (sections.Where(s => !SiteSettings.IsOwn(s.Name)).ToList() is { Count: > 0 } settings)
                steps.Add(new JsonObject([new("name", "settings"), .. settings.Select(s => KeyValuePair.Create(s.Name, s.Value))]));
        }
        if (await DefinitionsAsync(scope) is { } definitions) steps.Add(definitions);
        if (scope.Types.Count == 0 && sections.Where(s => s.Name.StartsWith(SiteSettings.RolePrefix, StringComparison.Ordinal)).ToList() is { Count: > 0 } roles)
            steps.Add(new JsonObject { ["name"] = "Roles", ["Roles"] = new JsonArray([.. roles.Select(r => r.Value)]) });
        return steps;
    }

    private async Task<JsonObject?> DefinitionsAsync(RecipeExportScope scope)
    {
        var types = await DocumentsAsync("content_type_definitions");
        var parts = await DocumentsAsync("content_part_definitions");
        if (scope.Types.Count > 0)
        {
            types = [.. types.Where(t => scope.Types.Contains(t["Name"]!.ToString()))];
            var used = types.SelectMany(t => t.Objects(DefinitionJson.Parts)).Select(r => r["PartName"]!.ToString()).ToHashSet();
            parts = [.. parts.Where(p => used.Contains(p["Name"]!.ToString()))];
        }
        return types.Count + parts.Count == 0 ? null
            : new JsonObject { ["name"] = "ContentDefinition", ["ContentTypes"] = new JsonArray([.. types]), ["ContentParts"] = new JsonArray([.. parts]) };
    }

    private async Task<List<JsonObject>> DocumentsAsync(string table) =>
        [.. (await database.QueryAsync<string>($"select document from {table} order by name")).Select(d => JsonNode.Parse(d)!.AsObject())];

    private async Task WriteContentAsync(Utf8JsonWriter writer, RecipeExportScope scope)
    {
        var any = false;
        await foreach (var document in ItemsAsync(scope))
        {
            if (!any)
            {
                writer.WriteStartObject();
                writer.WriteString("name", "content");
                writer.WriteStartArray("data");
            }
            any = true;
            Write(writer, JsonNode.Parse(document));
            if (writer.BytesPending > 1 << 16) await writer.FlushAsync();
        }
        if (!any) return;
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // By the first version of each item: a container was there before what it contains. The published version goes before a draft, which takes over when it comes.
    private async IAsyncEnumerable<string> ItemsAsync(RecipeExportScope scope)
    {
        var ids = await database.QueryAsync<string>(
            """
            select content_item_id from content_items i where (latest = 1 or published = 1) and (@all = 1 or content_type in @Types)
            group by content_item_id order by (select min(o.id) from content_items o where o.content_item_id = i.content_item_id)
            """,
            new { all = scope.Types.Count == 0, Types = scope.Types.Count == 0 ? [""] : scope.Types });
        foreach (var id in ids)
            foreach (var document in await database.QueryAsync<string>(
                "select document from content_items where content_item_id = @id and (latest = 1 or published = 1) order by published desc", new { id }))
                yield return document;
    }

    private async Task<IReadOnlyList<string>> MediaPathsAsync(RecipeExportScope scope)
    {
        if (!Directory.Exists(media.Root)) return [];
        var all = Directory.EnumerateFiles(media.Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(media.Root, f).Replace(Path.DirectorySeparatorChar, '/')).Where(p => media.Find(p) is not null).Order(StringComparer.Ordinal).ToList();
        if (scope.Types.Count == 0) return all;
        var used = new HashSet<string>();
        await foreach (var document in ItemsAsync(scope)) used.UnionWith(all.Where(document.Contains));
        return [.. all.Where(used.Contains)];
    }

    private static JsonObject MediaStep(IReadOnlyList<string> files) => new()
    {
        ["name"] = "media",
        ["Files"] = new JsonArray([.. files.Select(path => new JsonObject { ["TargetPath"] = path, ["SourcePath"] = path })]),
    };

    // A text that looks like an expression would be evaluated when it is read again.
    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members) WriteMember(writer, name, value);
                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                writer.WriteStringValue(RecipeExpressions.Escape(text));
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        Write(writer, value);
    }
}
