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
        var (given, parts) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in json)
            if (Envelope.Contains(name)) given[name] = value?.DeepClone();
            else if (value is JsonObject or JsonArray) parts[name] = value.DeepClone();
        return new ContentItem
        {
            ContentItemId = LooseJson.Text(given["ContentItemId"]) ?? "",
            ContentItemVersionId = LooseJson.Text(given["ContentItemVersionId"]) ?? "",
            ContentType = LooseJson.Text(given["ContentType"]) ?? "",
            DisplayText = LooseJson.Text(given["DisplayText"]) ?? "",
            Latest = LooseJson.Flag(given["Latest"]),
            Published = LooseJson.Flag(given["Published"]),
            ModifiedUtc = InvariantTime.Parse(LooseJson.Text(given["ModifiedUtc"])),
            PublishedUtc = InvariantTime.Parse(LooseJson.Text(given["PublishedUtc"])),
            CreatedUtc = InvariantTime.Parse(LooseJson.Text(given["CreatedUtc"])),
            Owner = LooseJson.Text(given["Owner"]),
            Author = LooseJson.Text(given["Author"]),
            Given = given,
            Parts = parts,
        };
    }

    /// <summary>Writes an item in Orchard's order; a date that has not changed since it was read is written as it was given.</summary>
    public static JsonObject Write(ContentItem item)
    {
        var json = new JsonObject
        {
            ["ContentItemId"] = item.ContentItemId,
            ["ContentItemVersionId"] = item.ContentItemVersionId.Length == 0 ? null : item.ContentItemVersionId,
            ["ContentType"] = item.ContentType,
            ["DisplayText"] = item.DisplayText.Length == 0 ? item.Given["DisplayText"]?.DeepClone() : item.DisplayText,
            ["Latest"] = item.Latest,
            ["Published"] = item.Published,
            ["ModifiedUtc"] = Time(item, item.ModifiedUtc, "ModifiedUtc"),
            ["PublishedUtc"] = Time(item, item.PublishedUtc, "PublishedUtc"),
            ["CreatedUtc"] = Time(item, item.CreatedUtc, "CreatedUtc"),
            ["Owner"] = item.Owner,
            ["Author"] = item.Author,
        };
        foreach (var (name, value) in item.Parts) json[name] = value?.DeepClone();
        return json;
    }

    internal static ContentItem Read(string document) => Read(JsonNode.Parse(document)!.AsObject());

    private static string? Time(ContentItem item, DateTime? utc, string name) =>
        utc is not { } value ? null
        : LooseJson.Text(item.Given[name]) is { } given && InvariantTime.Parse(given) == value ? given : InvariantTime.Format(value);
}
