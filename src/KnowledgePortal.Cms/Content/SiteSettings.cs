using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Sections of the site's settings, as recipes wrote them.</summary>
public sealed class SiteSettings(Database database)
{
    /// <summary>A section, or null when no recipe has set it.</summary>
    public async Task<JsonNode?> GetAsync(string name)
    {
        var document = await database.FirstAsync<string>("select document from site_settings where name = @name", new { name });
        return document is null ? null : JsonNode.Parse(document);
    }

    /// <summary>False before the first recipe has run: every recipe leaves at least a section or a definition.</summary>
    public Task<bool> HasAnythingAsync() => database.FirstAsync<bool>(
        "select exists (select 1 from site_settings) or exists (select 1 from content_type_definitions) or exists (select 1 from content_items)");

    /// <summary>All sections whose name begins so; the names come without the prefix.</summary>
    public async Task<IReadOnlyDictionary<string, JsonNode?>> WithPrefixAsync(string prefix) =>
        (await database.QueryAsync<(string Name, string Document)>(
            "select name, document from site_settings where substr(name, 1, @length) = @prefix order by name", new { prefix, length = prefix.Length }))
        .ToDictionary(s => s.Name[prefix.Length..], s => JsonNode.Parse(s.Document));

    /// <summary>Sets a section, in the caller's transaction.</summary>
    public static Task WriteAsync(string name, JsonNode? value, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        "insert into site_settings (name, document) values (@name, @document) on conflict (name) do update set document = excluded.document",
        new { name, document = value?.ToJsonString(JsonText.Options) ?? "null" });
}
