using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Api.Answers;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>What a member of a stock field or part holds.</summary>
public enum Shape { Text, Texts, Number, Flag, Moment, Clock, Items, List }

/// <summary>The members of Orchard's stock parts and fields and what they hold; the type's description is made of the same. Other members are kept as they are.</summary>
public static class FieldShapes
{
    private static readonly Dictionary<string, Dictionary<string, Shape>> Known = new()
    {
        ["TextField"] = new() { ["Text"] = Shape.Text },
        ["HtmlField"] = new() { ["Html"] = Shape.Text },
        ["MarkdownField"] = new() { ["Markdown"] = Shape.Text },
        ["BooleanField"] = new() { ["Value"] = Shape.Flag },
        ["NumericField"] = new() { ["Value"] = Shape.Number },
        ["DateField"] = new() { ["Value"] = Shape.Moment },
        ["DateTimeField"] = new() { ["Value"] = Shape.Moment },
        ["TimeField"] = new() { ["Value"] = Shape.Clock },
        ["LinkField"] = new() { ["Url"] = Shape.Text, ["Text"] = Shape.Text, ["Target"] = Shape.Text },
        ["TaxonomyField"] = new() { ["TermContentItemIds"] = Shape.Texts, ["TaxonomyContentItemId"] = Shape.Text, ["TagNames"] = Shape.Texts },
        ["ContentPickerField"] = new() { ["ContentItemIds"] = Shape.Texts },
        ["LocalizationSetContentPickerField"] = new() { ["LocalizationSets"] = Shape.Texts },
        ["UserPickerField"] = new() { ["UserIds"] = Shape.Texts, ["UserNames"] = Shape.Texts },
        ["MediaField"] = new() { ["Paths"] = Shape.Texts, ["MediaTexts"] = Shape.Texts, ["Anchors"] = Shape.List },
        ["MultiTextField"] = new() { ["Values"] = Shape.Texts },
        ["YoutubeField"] = new() { ["RawAddress"] = Shape.Text, ["EmbeddedAddress"] = Shape.Text },
        ["GeoPointField"] = new() { ["Latitude"] = Shape.Number, ["Longitude"] = Shape.Number },
        ["TitlePart"] = new() { ["Title"] = Shape.Text },
        ["AutoroutePart"] = new() { ["Path"] = Shape.Text, ["SetHomepage"] = Shape.Flag, ["Disabled"] = Shape.Flag, ["RouteContainedItems"] = Shape.Flag, ["Absolute"] = Shape.Flag },
        ["AliasPart"] = new() { ["Alias"] = Shape.Text },
        ["MarkdownBodyPart"] = new() { ["Markdown"] = Shape.Text },
        ["HtmlBodyPart"] = new() { ["Html"] = Shape.Text },
        ["BagPart"] = new() { ["ContentItems"] = Shape.Items },
        ["FlowPart"] = new() { ["Widgets"] = Shape.Items },
        ["TaxonomyPart"] = new() { ["TermContentType"] = Shape.Text, ["Terms"] = Shape.Items },
        ["MenuItemsListPart"] = new() { ["MenuItems"] = Shape.Items },
        ["ContainedPart"] = new() { ["ListContentItemId"] = Shape.Text, ["ListContentType"] = Shape.Text, ["Order"] = Shape.Number },
        ["PublishLaterPart"] = new() { ["ScheduledPublishUtc"] = Shape.Moment },
        ["ArchiveLaterPart"] = new() { ["ScheduledArchiveUtc"] = Shape.Moment },
        ["SeoMetaPart"] = new() { ["PageTitle"] = Shape.Text, ["MetaDescription"] = Shape.Text, ["MetaKeywords"] = Shape.Text, ["Canonical"] = Shape.Text, ["MetaRobots"] = Shape.Text },
    };

    /// <summary>The members of a kind of part or field; empty for a kind that this site does not know.</summary>
    public static IReadOnlyDictionary<string, Shape> Of(string kind) => Known.GetValueOrDefault(kind) ?? [];

    /// <summary>The member by which a kind of field is asked for.</summary>
    public static (string Name, Shape Shape)? Asked(string kind) => Known.TryGetValue(kind, out var members) ? (members.First().Key, members.First().Value) : null;

    /// <summary>Members that hold something else than their kind does.</summary>
    public static IEnumerable<FieldFault> Check(ContentTypeDefinition type, JsonObject parts, string prefix = "")
    {
        foreach (var part in type.Parts)
        {
            if (parts[part.Name] is not { } value) continue;
            if (value is not JsonObject json)
            {
                yield return Fault(prefix + part.Name, "ต้องเป็นวัตถุ", "must be an object");
                continue;
            }
            foreach (var fault in Members(part.PartName, json, prefix + part.Name)) yield return fault;
            foreach (var field in part.Fields)
            {
                if (json[field.Name] is not { } stored) continue;
                if (stored is JsonObject members)
                    foreach (var fault in Members(field.FieldType, members, $"{prefix}{part.Name}.{field.Name}")) yield return fault;
                else yield return Fault($"{prefix}{part.Name}.{field.Name}", "ต้องเป็นวัตถุ", "must be an object");
            }
        }
    }

    private static IEnumerable<FieldFault> Members(string kind, JsonObject json, string path) =>
        from member in Of(kind)
        let value = json[member.Key]
        where value is not null && !Holds(member.Value, value)
        select Fault($"{path}.{member.Key}", Words(member.Value).Thai, Words(member.Value).English);

    private static bool Holds(Shape shape, JsonNode value) => shape switch
    {
        Shape.Text => value.GetValueKind() == JsonValueKind.String,
        Shape.Number => value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        Shape.Flag => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        Shape.Moment => value.GetValueKind() == JsonValueKind.String && IsMoment(value.GetValue<string>()),
        Shape.Clock => value.GetValueKind() == JsonValueKind.String && TimeOnly.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, out _),
        Shape.Texts => value is JsonArray texts && texts.All(t => t?.GetValueKind() == JsonValueKind.String),
        Shape.Items => value is JsonArray items && items.All(i => i is JsonObject),
        _ => value is JsonArray,
    };

    // "63" and "9 July" are dates to a lenient reader, each in its own way.
    private static bool IsMoment(string text) => text.Length >= 10 && text[4] == '-' && text[7] == '-' && InvariantTime.Parse(text) is not null;

    private static (string Thai, string English) Words(Shape shape) => shape switch
    {
        Shape.Number => ("ต้องเป็นตัวเลข", "must be a number"),
        Shape.Flag => ("ต้องเป็น true หรือ false", "must be true or false"),
        Shape.Moment => ("ต้องเป็นเวลา ISO 8601 เช่น 2020-07-09T00:00:00Z", "must be an ISO 8601 time such as 2020-07-09T00:00:00Z"),
        Shape.Clock => ("ต้องเป็นเวลา เช่น 13:15:00", "must be a time of day such as 13:15:00"),
        Shape.Texts => ("ต้องเป็นรายการข้อความ", "must be an array of strings"),
        Shape.Items => ("ต้องเป็นรายการวัตถุ", "must be an array of objects"),
        Shape.List => ("ต้องเป็นรายการ", "must be an array"),
        _ => ("ต้องเป็นข้อความ", "must be a string"),
    };

    private static FieldFault Fault(string path, string thai, string english) => new(path, new(thai, english));
}
