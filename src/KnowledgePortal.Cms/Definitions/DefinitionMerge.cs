using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Definitions;

/// <summary>
/// Merges definition JSON as Orchard does: objects key by key, lists of named records (parts on a type, fields of a part) by their
/// <c>Name</c>, everything else is replaced. Keys that only one side knows stay.
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
                (JsonArray into, JsonArray from) when Named(into) && Named(from) => MergeNamed(into, from),
                _ => value?.DeepClone(),
            };
        return target;
    }

    private static JsonArray MergeNamed(JsonArray into, JsonArray from)
    {
        var merged = into.DeepClone().AsArray();
        foreach (var record in from.OfType<JsonObject>())
        {
            var at = merged.ToList().FindIndex(r => r?["Name"]?.ToString() == record["Name"]?.ToString());
            if (at < 0) merged.Add(record.DeepClone());
            else merged[at] = Merge(merged[at]!.DeepClone().AsObject(), record);
        }
        return merged;
    }

    private static bool Named(JsonArray array) => array.All(r => r is JsonObject o && o.ContainsKey("Name"));
}
