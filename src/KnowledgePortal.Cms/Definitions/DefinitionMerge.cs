using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Definitions;

/// <summary>
/// Merges definition JSON as Orchard does: objects key by key, the parts of a type and the fields of a part by their <c>Name</c>, everything
/// else, lists in settings included, is replaced. Keys that only one side knows stay.
/// </summary>
public static class DefinitionMerge
{
    /// <summary>Returns <paramref name="target"/> with <paramref name="source"/> merged into it.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source)
            target[key] = (target[key], value) switch
            {
                (JsonObject into, JsonObject from) => Merge(into.DeepClone().AsObject(), from),
                (JsonArray into, JsonArray from) when key is DefinitionJson.Parts or DefinitionJson.Fields => MergeRecords(into, from),
                _ => value?.DeepClone(),
            };
        return target;
    }

    private static JsonArray MergeRecords(JsonArray into, JsonArray from)
    {
        var merged = into.DeepClone().AsArray();
        foreach (var record in from.OfType<JsonObject>())
        {
            var at = merged.ToList().FindIndex(r => NameOf(r) == NameOf(record));
            if (at < 0) merged.Add(record.DeepClone());
            else merged[at] = Merge(merged[at]!.DeepClone().AsObject(), record);
        }
        return merged;
    }

    // A part that is attached under its own name need not say so.
    private static string? NameOf(JsonNode? record) => (record?["Name"] ?? record?["PartName"])?.ToString();
}
