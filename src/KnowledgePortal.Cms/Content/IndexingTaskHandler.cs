using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Tells search indexes what changed. Unpublishing is a task too: an index that hears only of updates keeps what it must forget.</summary>
public sealed class IndexingTaskHandler(TimeProvider clock) : IContentHandler
{
    /// <inheritdoc/>
    public Task PublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item.ContentItemId, "update", clock.GetUtcNow(), transaction);

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item.ContentItemId, "delete", clock.GetUtcNow(), transaction);

    /// <summary>Leaves a task; it takes the place of an earlier one of the same item.</summary>
    public static async Task EnqueueAsync(string contentItemId, string kind, DateTimeOffset now, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from indexing_tasks where content_item_id = @contentItemId", new { contentItemId });
        await transaction.ExecuteAsync(
            "insert into indexing_tasks (content_item_id, kind, created_utc) values (@contentItemId, @kind, @now)",
            new { contentItemId, kind, now = InvariantTime.Format(now.UtcDateTime) });
    }
}
