using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Definitions;

/// <summary>
/// Checks definitions that come from outside and gives their known names Orchard's case; settings stay as they are, old or misplaced ones too.
/// </summary>
public static class DefinitionJson
{
    /// <summary>Orchard's name for the list of parts on a type.</summary>
    public const string Parts = "ContentTypePartDefinitionRecords";

    /// <summary>Orchard's name for the list of fields of a part.</summary>
    public const string Fields = "ContentPartFieldDefinitionRecords";

    private static readonly string[] Known = ["Name", "DisplayName", "Settings", "PartName", "FieldName", Parts, Fields];

    /// <summary>A type, whose name, and the part of each of whose records, must be given.</summary>
    public static JsonObject Type(JsonObject given, Func<string, Exception> refuse)
    {
        var type = Canonical(given);
        var name = Required(type, "Name", "a content type", refuse);
        if (type[Parts] is JsonArray records) type[Parts] = new JsonArray([.. records.Select((r, at) => Record(r, "PartName", $"the type {name}, part {at + 1},", refuse))]);
        return type;
    }

    /// <summary>A part, whose name, and the kind and name of each of whose fields, must be given.</summary>
    public static JsonObject Part(JsonObject given, Func<string, Exception> refuse)
    {
        var part = Canonical(given);
        var name = Required(part, "Name", "a content part", refuse);
        if (part[Fields] is JsonArray records)
        {
            part[Fields] = new JsonArray([.. records.Select((r, at) => Record(r, "FieldName", $"the part {name}, field {at + 1},", refuse))]);
            foreach (var (record, at) in part[Fields]!.AsArray().Select((r, at) => (r!.AsObject(), at))) Required(record, "Name", $"the part {name}, field {at + 1},", refuse);
        }
        return part;
    }

    private static JsonObject Record(JsonNode? given, string kind, string what, Func<string, Exception> refuse)
    {
        if (given is not JsonObject json) throw refuse($"{what} is no object");
        var record = Canonical(json);
        Required(record, kind, what, refuse);
        return record;
    }

    private static string Required(JsonObject json, string member, string what, Func<string, Exception> refuse) =>
        json[member] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : throw refuse($"{what} has no {member}");

    private static JsonObject Canonical(JsonObject given)
    {
        var json = new JsonObject();
        foreach (var (key, value) in given)
        {
            var name = Known.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
            json[name] = value?.DeepClone();
        }
        return json;
    }
}
