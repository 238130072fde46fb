using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>What only one item can have stays with the original: its address, its alias, its place among translations; nested items get ids of their own.</summary>
public sealed class CopyHandler : IContentHandler
{
    private static readonly (string Part, string Member)[] Unique =
        [("AutoroutePart", "Path"), ("AutoroutePart", "SetHomepage"), ("AliasPart", "Alias"), ("LocalizationPart", "LocalizationSet")];

    /// <inheritdoc/>
    public Task CloningAsync(ContentItem clone, DatabaseTransaction transaction)
    {
        foreach (var (part, member) in Unique) (clone.Parts[part] as JsonObject)?.Remove(member);
        foreach (var (_, part) in clone.Parts) Renew(part);
        return Task.CompletedTask;
    }

    private static void Renew(JsonNode? node)
    {
        if (node is JsonArray array) foreach (var element in array) Renew(element);
        if (node is not JsonObject json) return;
        if (json["ContentItemId"] is JsonValue && json["ContentType"] is JsonValue) json["ContentItemId"] = ContentIds.New();
        foreach (var (_, value) in json) Renew(value);
    }
}
