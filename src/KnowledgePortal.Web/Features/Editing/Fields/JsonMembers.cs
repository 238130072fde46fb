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

    /// <summary>Sets a text unless it says the same as what is stored: saving a form as it was changes nothing.</summary>
    public static void SetText(this JsonObject json, string name, string text, Func<string, string> clean)
    {
        if (text != clean(json.Text(name))) json[name] = text;
    }

    /// <summary>Empties a member; one that is not there stays away.</summary>
    public static void Clear(this JsonObject json, string name)
    {
        if (json[name] is not null) json[name] = null;
    }

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode?)JsonValue.Create(t))];
}
