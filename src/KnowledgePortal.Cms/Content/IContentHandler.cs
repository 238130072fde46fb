using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// What happens beside the item when its state changes: routes, index tables, tasks. Runs inside the transaction of the change;
/// an exception aborts the change.
/// </summary>
public interface IContentHandler
{
    /// <summary>The item is now what readers see. Also called when a published item is replaced by a newer version.</summary>
    Task PublishedAsync(ContentItem item, DatabaseTransaction transaction);

    /// <summary>The item is no longer seen by readers: unpublished or removed.</summary>
    Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction);
}
