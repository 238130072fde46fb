using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Orchard's JSON of a content item: the eleven names of the envelope first, always present, nulls included; then the parts.</summary>
public static class ContentItemJson
{
    private static readonly HashSet<string> Envelope =
    [
        "ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published",
        "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author",
    ];

    /// <summary>Reads an item. A stray scalar beside the parts is dropped, as Orchard does.</summary>
    public static ContentItem Read(JsonObject json)
    {
        var parts = new JsonObject();
        foreach (var (name, value) in json)
            if (!Envelope.Contains(name) && value is JsonObject or JsonArray)
                parts[name] = value!.DeepClone();
        return new ContentItem
        {
            ContentItemId = Text(json, "ContentItemId") ?? "",
            ContentItemVersionId = Text(json, "ContentItemVersionId") ?? "",
            ContentType = Text(json, "ContentType") ?? "",
            DisplayText = Text(json, "DisplayText") ?? "",
            Latest = Flag(json, "Latest"),
            Published = Flag(json, "Published"),
            ModifiedUtc = InvariantTime.Parse(Text(json, "ModifiedUtc")),
            PublishedUtc = InvariantTime.Parse(Text(json, "PublishedUtc")),
            CreatedUtc = InvariantTime.Parse(Text(json, "CreatedUtc")),
            Owner = Text(json, "Owner"),
            Author = Text(json, "Author"),
            Parts = parts,
        };
    }

    /// <summary>Writes an item in Orchard's order.</summary>
    public static JsonObject Write(ContentItem item)
    {
        var json = new JsonObject
        {
            ["ContentItemId"] = item.ContentItemId,
            ["ContentItemVersionId"] = item.ContentItemVersionId.Length == 0 ? null : item.ContentItemVersionId,
            ["ContentType"] = item.ContentType,
            ["DisplayText"] = item.DisplayText,
            ["Latest"] = item.Latest,
            ["Published"] = item.Published,
            ["ModifiedUtc"] = Time(item.ModifiedUtc),
            ["PublishedUtc"] = Time(item.PublishedUtc),
            ["CreatedUtc"] = Time(item.CreatedUtc),
            ["Owner"] = item.Owner,
            ["Author"] = item.Author,
        };
        foreach (var (name, value) in item.Parts) json[name] = value?.DeepClone();
        return json;
    }

    private static string? Time(DateTime? utc) => utc is { } value ? InvariantTime.Format(value) : null;

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Flag(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;
}
