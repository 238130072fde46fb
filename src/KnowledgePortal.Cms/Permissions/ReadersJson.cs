using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Permissions;

/// <summary>
/// An item as those may read it who do not work on it: without who works on it and who else may see it, which are people by their e-mail addresses, and
/// without the ids of other items that they may not see.
/// </summary>
public sealed class ReadersJson(Database database)
{
    private const string Referred = "ContentItemIds";

    // Written for people who edit; groups name people.
    private static readonly string[] Inner = ["AuditTrailPart", nameof(ViewGroupsPart)];

    /// <summary>Orchard's envelope and parts.</summary>
    public async Task<JsonObject> OfAsync(ContentItem item, ViewerTokens viewers)
    {
        var json = ContentItemJson.Write(item);
        foreach (var name in Inner) json.Remove(name);
        var ids = new HashSet<string>();
        Collect(json, ids);
        var seen = ids.Count == 0 ? [] : (await database.QueryAsync<string>(
            $"select i.content_item_id from content_items i where i.content_item_id in @ids and i.published = 1 and {ViewerTokens.See("i.content_item_id")}", new { ids, viewers = viewers.Values })).ToHashSet();
        Hide(json, seen);
        return json;
    }

    private static void Collect(JsonNode? node, HashSet<string> ids)
    {
        if (node is JsonArray array) foreach (var element in array) Collect(element, ids);
        if (node is not JsonObject json) return;
        foreach (var (name, value) in json)
            if (name == Referred && value is JsonArray referred) ids.UnionWith(referred.Select(LooseJson.Text).OfType<string>());
            else Collect(value, ids);
    }

    private static void Hide(JsonNode? node, HashSet<string> seen)
    {
        if (node is JsonArray array) foreach (var element in array) Hide(element, seen);
        if (node is not JsonObject json) return;
        if (json.ContainsKey("ContentItemId"))
            foreach (var name in new[] { "Owner", "Author" })
                if (json.ContainsKey(name)) json[name] = null;
        if (json.ContainsKey("UserIds")) json.Remove("UserNames");
        foreach (var (name, value) in json.ToList())
            if (name == Referred && value is JsonArray referred) json[name] = new JsonArray([.. referred.Select(LooseJson.Text).Where(id => id is not null && seen.Contains(id)).Select(id => JsonValue.Create(id))]);
            else Hide(value, seen);
    }
}
