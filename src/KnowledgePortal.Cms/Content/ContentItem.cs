using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// One version of a content item: Orchard's envelope and its parts. Parts, fields and settings that this site does not know stay in
/// <see cref="Parts"/> untouched, which is what lets content move between sites.
/// </summary>
public sealed class ContentItem
{
    /// <summary>The same for every version of the item; at most 26 characters.</summary>
    public string ContentItemId { get; set; } = "";

    /// <summary>This version's own id; empty on nested items, which have no versions of their own.</summary>
    public string ContentItemVersionId { get; set; } = "";

    /// <summary>Name of the <c>ContentTypeDefinition</c>.</summary>
    public string ContentType { get; set; } = "";

    /// <summary>The title, as lists show it.</summary>
    public string DisplayText { get; set; } = "";

    /// <summary>The newest version, draft or not.</summary>
    public bool Latest { get; set; }

    /// <summary>The version that readers see.</summary>
    public bool Published { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ModifiedUtc { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? PublishedUtc { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? CreatedUtc { get; set; }

    /// <summary>User id of the owner.</summary>
    public string? Owner { get; set; }

    /// <summary>User name of the last editor.</summary>
    public string? Author { get; set; }

    /// <summary>Everything below the envelope, keyed by the name under which a part is attached.</summary>
    public JsonObject Parts { get; init; } = [];

    /// <summary>The envelope as it was read; empty on a new item.</summary>
    internal JsonObject Given { get; init; } = [];

    /// <summary>A typed view of the part <typeparamref name="T"/>; of an empty part when the item has none.</summary>
    public T As<T>() where T : ContentPart, new()
    {
        var part = new T();
        part.Data = Parts[part.PartName] as JsonObject ?? [];
        return part;
    }

    /// <summary>A typed view of a part that is attached under a name of its own, such as a <c>BagPart</c> called <c>Handouts</c>.</summary>
    public T As<T>(string name) where T : ContentPart, new() => new() { Data = Parts[name] as JsonObject ?? [] };

    /// <summary>Changes a part, which is added when the item has none; members that <typeparamref name="T"/> does not know stay.</summary>
    public ContentItem Alter<T>(Action<T> change) where T : ContentPart, new() => Alter(new T().PartName, change);

    /// <summary>Changes a part that is attached under a name of its own.</summary>
    public ContentItem Alter<T>(string name, Action<T> change) where T : ContentPart, new()
    {
        if (Parts[name] is not JsonObject data) Parts[name] = data = [];
        change(new T { Data = data });
        return this;
    }

    /// <summary>The nested items of a <c>BagPart</c> attached as <paramref name="name"/>, in their order.</summary>
    public IReadOnlyList<ContentItem> Bag(string name) => As<BagPart>(name).ContentItems;

    /// <summary>A copy that shares nothing with this item.</summary>
    public ContentItem Copy() => ContentItemJson.Read(ContentItemJson.Write(this));

    /// <summary>The items in an array of nested items; empty for anything else.</summary>
    public static IReadOnlyList<ContentItem> Nested(JsonNode? items) =>
        items is JsonArray array ? [.. array.OfType<JsonObject>().Select(ContentItemJson.Read)] : [];
}
