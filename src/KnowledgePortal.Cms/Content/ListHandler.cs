using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Cms.Content;

/// <summary>Keeps <c>contained_index</c>: which published item lies in which list (Orchard's ContainedPart).</summary>
public sealed class ListHandler : IContentHandler
{
    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        if (item.As<ContainedPart>() is not { ListContentItemId: { Length: > 0 } list } contained) return;
        await transaction.ExecuteAsync(
            "insert into contained_index (content_item_id, list_content_item_id, position, published_utc) values (@ContentItemId, @list, @position, @published)",
            new { item.ContentItemId, list, position = contained.Order, published = item.PublishedUtc is { } utc ? InvariantTime.Format(utc) : "" });
    }

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from contained_index where content_item_id = @ContentItemId", new { item.ContentItemId });
}

/// <summary>The items of a list lie in it.</summary>
public sealed class ListContainment : IContentContainment
{
    /// <inheritdoc/>
    public string? ContainerOf(ContentItem item) => item.As<ContainedPart>().ListContentItemId is { Length: > 0 } list ? list : null;
}
