using System.Globalization;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Hosting.Thai;
using InvariantTime = KnowledgePortal.Cms.Data.InvariantTime;
using JsonText = KnowledgePortal.Cms.Data.JsonText;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>What a stored value says, for people: one text, or entries.</summary>
public sealed record Said(string Text, IReadOnlyList<string>? Entries = null)
{
    public static Said Nothing { get; } = new("");

    public bool IsEmpty => Text.Length == 0 && Entries is null or { Count: 0 };
}

/// <summary>Puts stored values into words by the kind of their field; a kind that is not known here is shown as its JSON.</summary>
public static class FieldWords
{
    /// <param name="value">What is stored; null when nothing is.</param>
    /// <param name="field">The definition; null for members that belong to a part itself.</param>
    /// <param name="names">What ids stand for.</param>
    public static Said Say(JsonNode? value, ContentFieldDefinition? field, ItemNames names)
    {
        if (value is null) return Said.Nothing;
        if (value is JsonValue plain) return new Said(Plain(plain));
        if (value is not JsonObject stored || field is null) return new Said(Json(value));
        return field.FieldType switch
        {
            "TextField" => new Said(Option(field, stored.Text("Text"))),
            "MarkdownField" => new Said(stored.Text("Markdown")),
            "HtmlField" => new Said(stored.Text("Html")),
            "NumericField" => new Said(stored["Value"] is JsonValue number ? Plain(number) : ""),
            "BooleanField" => new Said(stored.Flag("Value") ? "ใช่" : "ไม่ใช่"),
            "DateField" => new Said(Day(stored.Text("Value"))),
            "DateTimeField" => new Said(Moment(stored.Text("Value"))),
            "TimeField" => new Said(TimeOnly.TryParse(stored.Text("Value"), CultureInfo.InvariantCulture, out var time) ? ThaiDate.Time(time) : stored.Text("Value")),
            "LinkField" => new Said($"{stored.Text("Text")} {stored.Text("Url")}".Trim()),
            "MultiTextField" => new Said("", JsonMembers.Texts(stored, "Values")),
            "TaxonomyField" => new Said("", [.. JsonMembers.Texts(stored, "TermContentItemIds").Select(names.Term)]),
            "ContentPickerField" => new Said("", [.. JsonMembers.Texts(stored, "ContentItemIds").Select(names.Item)]),
            "MediaField" => new Said("", [.. JsonMembers.Texts(stored, "Paths").Zip([.. JsonMembers.Texts(stored, "MediaTexts"), .. JsonMembers.Texts(stored, "Paths").Select(_ => "")], (path, text) => text.Length > 0 ? $"{names.File(path)}: {text}" : names.File(path))]),
            "UserPickerField" => new Said("", JsonMembers.Texts(stored, "UserNames")),
            _ => new Said(Json(stored)),
        };
    }

    private static string Option(ContentFieldDefinition field, string text) =>
        (field.AllSettings["TextFieldPredefinedListEditorSettings"]?["Options"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(o => o.Text("value") == text)?.Text("name") is { Length: > 0 } label ? label : text;

    // Only the times of the two schedules are members that are points in time.
    private static string Plain(JsonValue value) =>
        value.TryGetValue(out string? text) ? text.Length is > 16 and < 36 && text[10] == 'T' && InvariantTime.Parse(text) is not null ? Moment(text) : text
        : value.TryGetValue(out bool flag) ? flag ? "ใช่" : "ไม่ใช่" : value.ToJsonString();

    private static string Day(string value) =>
        value.Length >= 10 && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ThaiDate.Normal(day) : value;

    private static string Moment(string value) => value.Length == 0 ? "" : ThaiDate.Moment(value);

    private static string Json(JsonNode value) => value.ToJsonString(JsonText.Options);
}
