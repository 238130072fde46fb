using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Data;

/// <summary>
/// Reads JSON that strangers wrote: names in any case, numbers and flags as strings. What is not of the kind asked for reads as absent.
/// </summary>
public static class LooseJson
{
    /// <summary>A member by its name, else by its name in another case.</summary>
    public static JsonNode? Member(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var exact) ? exact : json.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>A member that is an object; an empty one when it is not.</summary>
    public static JsonObject Section(this JsonObject json, string name) => json.Member(name) as JsonObject ?? [];

    /// <summary>The objects of a member that is an array.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonObject json, string name) => (json.Member(name) as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>The strings of a member that is an array; a single string counts as one.</summary>
    public static IEnumerable<string> Texts(this JsonObject json, string name) => json.Member(name) switch
    {
        JsonArray array => array.Select(Text).OfType<string>(),
        JsonValue value when Text(value) is { } one => [one],
        _ => [],
    };

    /// <summary>A string, or a number or flag as text; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out string? text) ? text
        : value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.ToJsonString() : null;

    /// <summary><c>true</c>, <c>"True"</c>.</summary>
    public static bool Flag(JsonNode? node) => bool.TryParse(Text(node), out var flag) && flag;

    /// <summary>A number, or a string that is one.</summary>
    public static decimal? Number(JsonNode? node) =>
        decimal.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
