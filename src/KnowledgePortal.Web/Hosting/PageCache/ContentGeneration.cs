using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>
/// A number that rises when readers would see something else. It is part of a cached page's key, so a page that was begun before a publish is never
/// shown after it. Changes by this process count at their commit, those of other processes when <see cref="GenerationWatch"/> notices them.
/// </summary>
public sealed class ContentGeneration(Database database) : IContentHandler
{
    private long _current;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>Whether the calling flow sees a draft as if it were published: what it reads is of no generation.</summary>
    public bool IsPreviewed => database.IsReadThrough;

    public void Rise()
    {
        FailPoint.Reach("publish.before-purge");
        Interlocked.Increment(ref _current);
    }

    public Task PublishedAsync(ContentItem item, DatabaseTransaction transaction) => RiseAfter(transaction);

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) => RiseAfter(transaction);

    private Task RiseAfter(DatabaseTransaction transaction)
    {
        transaction.AfterCommit(Rise);
        return Task.CompletedTask;
    }
}
