using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Tells search indexes what changed. Unpublishing is a task too: an index that hears only of updates keeps what it must forget.</summary>
public sealed class IndexingTaskHandler(TimeProvider clock) : IContentHandler
{
    /// <inheritdoc/>
    public Task PublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item, "update", transaction);

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => EnqueueAsync(item, "delete", transaction);

    private async Task EnqueueAsync(ContentItem item, string kind, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from indexing_tasks where content_item_id = @ContentItemId", new { item.ContentItemId });
        await transaction.ExecuteAsync(
            "insert into indexing_tasks (content_item_id, kind, created_utc) values (@ContentItemId, @kind, @now)",
            new { item.ContentItemId, kind, now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime) });
    }
}
