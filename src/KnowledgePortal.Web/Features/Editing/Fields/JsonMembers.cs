using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>Reads members of stored JSON that may be of any shape.</summary>
internal static class JsonMembers
{
    public static string Text(this JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    public static IReadOnlyList<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray array ? [.. array.Select(n => n is JsonValue value && value.TryGetValue(out string? text) ? text : null).OfType<string>()] : [];

    public static bool Flag(this JsonObject json, string name, bool otherwise = false) => json[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;

    public static decimal? Number(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)JsonValue.Create(t))];
}
