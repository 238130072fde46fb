using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Keeps <c>contained_index</c>: which published item lies in which list (Orchard's ContainedPart).</summary>
public sealed class ListHandler : IContentHandler
{
    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        if (item.Parts["ContainedPart"] is not JsonObject contained || contained["ListContentItemId"]?.ToString() is not { Length: > 0 } list) return;
        await transaction.ExecuteAsync(
            "insert into contained_index (content_item_id, list_content_item_id, position, published_utc) values (@ContentItemId, @list, @position, @published)",
            new { item.ContentItemId, list, position = Position(contained["Order"]), published = item.PublishedUtc is { } utc ? InvariantTime.Format(utc) : "" });
    }

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from contained_index where content_item_id = @ContentItemId", new { item.ContentItemId });

    private static long Position(JsonNode? order) => order is JsonValue value && value.TryGetValue(out long position) ? position : 0;
}
