using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// What happens beside the item when its state changes: routes, index tables, tasks. Runs inside the transaction of the change;
/// an exception aborts the change. A handler implements what it needs; what ends in -ing comes before the item is stored and may change it.
/// </summary>
public interface IContentHandler
{
    /// <summary>A draft has been stored.</summary>
    Task SavedAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is about to be what readers see.</summary>
    Task PublishingAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is now what readers see. Also called when a published item is replaced by a newer version.</summary>
    Task PublishedAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is about to be taken away from readers.</summary>
    Task UnpublishingAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is no longer seen by readers: unpublished or removed.</summary>
    Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is about to be removed; what readers see of it has not been taken away yet.</summary>
    Task RemovingAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>The item is a copy of another and about to be stored as a draft of its own.</summary>
    Task CloningAsync(ContentItem clone, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>An old version is about to be stored as a new draft.</summary>
    Task RestoringAsync(ContentItem version, DatabaseTransaction transaction) => Task.CompletedTask;

    /// <summary>A removed item is gone for good; its versions are still there to be read.</summary>
    Task PurgingAsync(ContentItem item, DatabaseTransaction transaction) => Task.CompletedTask;
}
