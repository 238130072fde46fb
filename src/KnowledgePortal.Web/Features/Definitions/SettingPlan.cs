using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Web.Features.Editing;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>How a setting is typed.</summary>
public enum SettingKind
{
    /// <summary>A box to tick.</summary>
    Flag,

    /// <summary>A line of text.</summary>
    Line,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One of a list.</summary>
    OneOf,

    /// <summary>Any of a list, stored as an array of strings.</summary>
    AnyOf,

    /// <summary>One word per line, stored as an array of strings.</summary>
    Words,

    /// <summary>One option per line, <c>value | name</c>, stored as Orchard's array of <c>{name, value}</c>.</summary>
    Options,
}

/// <summary>
/// One setting of a type, a part on a type or a field, as Orchard names it. Absent means the default; what is typed as it was is not written, and
/// settings beside it are never touched.
/// </summary>
/// <param name="Section">The settings object, such as <c>TextFieldSettings</c>.</param>
/// <param name="Key">Its member.</param>
/// <param name="Label">What people call it.</param>
/// <param name="Kind">How it is typed.</param>
public sealed record SettingPlan(string Section, string Key, string Label, SettingKind Kind = SettingKind.Line)
{
    public const int LongestLine = 500;
    public const int MostLines = 200;

    public string Hint { get; init; } = "";

    /// <summary>What an absent setting means, as it is typed.</summary>
    public string Default { get; init; } = "";

    /// <summary>For <see cref="SettingKind.OneOf"/>, in the order of Orchard's numbers, and for <see cref="SettingKind.AnyOf"/>.</summary>
    public IReadOnlyList<Choice> Offered { get; init; } = [];

    /// <summary>What <see cref="Offered"/> is filled with when the page is made.</summary>
    public SettingOffer Offers { get; init; }

    public string Name => $"{Section}.{Key}";

    /// <summary>The setting as it is typed: <c>true</c>, a text, or lines.</summary>
    public string Read(JsonObject settings) => Stored(settings) switch
    {
        null => Default,
        JsonArray array => string.Join('\n', array.Select(Line).Where(l => l.Length > 0)),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && Kind == SettingKind.OneOf && value.TryGetValue(out int number) =>
            number >= 0 && number < Offered.Count ? Offered[number].Value : Default,
        JsonValue value when Kind == SettingKind.Flag => value.ToString().Equals("true", StringComparison.OrdinalIgnoreCase) ? "true" : "",
        var other => other.ToString(),
    };

    /// <summary>Writes what was typed; a message in Thai when it cannot be.</summary>
    public string? Write(JsonObject settings, IReadOnlyList<string> typed)
    {
        var text = Kind is SettingKind.Words or SettingKind.Options or SettingKind.AnyOf ? string.Join('\n', Lines(typed)) : TypedText.Line(typed.Count > 0 ? typed[0] : "");
        if (text == Read(settings)) return null;
        if (Wrong(text) is { } wrong) return wrong;
        if (settings[Section] is not JsonObject) settings[Section] = new JsonObject();
        var section = settings[Section]!.AsObject();
        if (text == Default) section.Remove(Key);
        else section[Key] = Value(text, Stored(settings));
        // A setting of old recipes lies flat beside the objects, and would go on counting.
        if (settings[Key] is JsonValue or JsonArray) settings.Remove(Key);
        return null;
    }

    private string? Wrong(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length > MostLines) return $"{Label}มี {lines.Length} บรรทัด ให้ไม่เกิน {MostLines}";
        if (lines.Any(l => l.Length > LongestLine)) return $"{Label}ยาวเกินไป ให้ไม่เกิน {LongestLine} ตัวอักษรต่อบรรทัด";
        if (Kind == SettingKind.Number && text.Length > 0 && Number(text) is null) return $"{Label}ต้องเป็นตัวเลข";
        if (Kind == SettingKind.OneOf && text.Length > 0 && Offered.All(o => o.Value != text)) return $"เลือก{Label}จากรายการ";
        if (Kind == SettingKind.AnyOf && lines.FirstOrDefault(l => l.Length > 0 && Offered.All(o => o.Value != l)) is not null) return $"เลือก{Label}จากรายการ";
        return Kind == SettingKind.Options && lines.Select(OptionValue).GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"{Label}มี “{twice.Key}” ซ้ำ" : null;
    }

    private JsonNode? Value(string text, JsonNode? before) => Kind switch
    {
        SettingKind.Flag => text == "true",
        SettingKind.Number => Number(text) is { } number ? JsonValue.Create(number) : null,
        SettingKind.Words or SettingKind.AnyOf => new JsonArray([.. Split(text).Select(l => (JsonNode?)JsonValue.Create(l))]),
        SettingKind.Options => new JsonArray([.. Split(text).Select(line => Option(line, before as JsonArray))]),
        _ => text,
    };

    private JsonNode? Stored(JsonObject settings) => (settings[Section] as JsonObject)?[Key] ?? (settings[Key] is JsonObject ? null : settings[Key]);

    private static decimal? Number(string text) => decimal.TryParse(TypedText.Digits(text), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Lines(IReadOnlyList<string> typed) => typed.SelectMany(t => TypedText.Lines(t).Split('\n')).Select(TypedText.Line).Where(l => l.Length > 0);

    private static IEnumerable<string> Split(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Line(JsonNode? node) => node switch
    {
        JsonObject option when option["value"]?.ToString() == option["name"]?.ToString() => option["name"]?.ToString() ?? "",
        JsonObject option => $"{option["value"]} | {option["name"]}",
        null => "",
        _ => node.ToString(),
    };

    private static string OptionValue(string line) => line.Split('|', 2)[0].Trim();

    // What else an option carries, such as whether it is chosen at first, stays with its value.
    private static JsonObject Option(string line, JsonArray? before)
    {
        var value = OptionValue(line);
        var option = before?.OfType<JsonObject>().FirstOrDefault(o => o["value"]?.ToString() == value)?.DeepClone().AsObject() ?? [];
        (option["name"], option["value"]) = (line.Contains('|') ? line[(line.IndexOf('|') + 1)..].Trim() : value, value);
        return option;
    }
}

/// <summary>What a list of a setting offers.</summary>
public enum SettingOffer
{
    /// <summary>What the plan itself says.</summary>
    Fixed,

    /// <summary>The content types of the site.</summary>
    Types,

    /// <summary>Its taxonomies.</summary>
    Taxonomies,

    /// <summary>Its roles.</summary>
    Roles,
}
