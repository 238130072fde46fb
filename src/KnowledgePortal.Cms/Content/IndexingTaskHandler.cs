using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Tells search indexes what changed. Unpublishing is a task too: an index that hears only of updates keeps what it must forget.</summary>
public sealed class IndexingTaskHandler(TimeProvider clock) : IContentHandler
{
    /// <inheritdoc/>
    public Task PublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item, "update", transaction);

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item, "delete", transaction);

    private Task EnqueueAsync(ContentItem item, string kind, DatabaseTransaction transaction) =>
        EnqueueAsync(item.ContentItemId, kind, clock.GetUtcNow().UtcDateTime, transaction);

    /// <summary>Has an item indexed again because of something that lies outside of it.</summary>
    /// <param name="contentItemId">Which.</param>
    /// <param name="now">When this happens.</param>
    /// <param name="transaction">The caller's.</param>
    public static Task TouchAsync(string contentItemId, DateTime now, DatabaseTransaction transaction) => EnqueueAsync(contentItemId, "update", now, transaction);

    private static async Task EnqueueAsync(string contentItemId, string kind, DateTime now, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from indexing_tasks where content_item_id = @contentItemId", new { contentItemId });
        await transaction.ExecuteAsync(
            "insert into indexing_tasks (content_item_id, kind, created_utc) values (@contentItemId, @kind, @now)",
            new { contentItemId, kind, now = InvariantTime.Format(now) });
    }
}
