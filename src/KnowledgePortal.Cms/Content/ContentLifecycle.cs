using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// What people do with an item: save a draft, publish, unpublish, discard, remove. The published version stays what readers see until a newer one
/// is published. Every change is one call in the caller's transaction, with its handlers and its line in the audit trail.
/// </summary>
public sealed class ContentLifecycle(IEnumerable<IContentHandler> handlers, IEnumerable<IContentValidator> validators, AuditTrail audit, TimeProvider clock)
{
    private readonly IContentHandler[] _handlers = [.. handlers];
    private readonly IContentValidator[] _validators = [.. validators];

    /// <summary>A new item of a type; nothing is stored yet.</summary>
    public ContentItem New(string contentType, Actor owner) => new()
    {
        ContentItemId = ContentIds.New(),
        ContentItemVersionId = ContentIds.New(),
        ContentType = contentType,
        CreatedUtc = Now,
        Owner = owner.Name,
    };

    /// <summary>What stands against publishing the item; empty when nothing does.</summary>
    public async Task<IReadOnlyList<ContentProblem>> ValidateAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var problems = new List<ContentProblem>();
        foreach (var validator in _validators) problems.AddRange(await validator.ValidateAsync(item, transaction));
        return problems;
    }

    /// <summary>
    /// Stores the item as the latest version. A draft is written over; when the latest version is published, a new version begins, and
    /// <paramref name="item"/> gets its id.
    /// </summary>
    /// <param name="item">What to store.</param>
    /// <param name="basedOn">The version that the editor saw; null for a new item.</param>
    /// <param name="actor">Who.</param>
    /// <param name="transaction">The caller's transaction.</param>
    /// <exception cref="StaleContentException">Somebody has saved since <paramref name="basedOn"/>.</exception>
    public async Task SaveDraftAsync(ContentItem item, ContentVersion? basedOn, Actor actor, DatabaseTransaction transaction)
    {
        var latest = await ReadAsync(item.ContentItemId, "latest", transaction);
        if (latest is not null && basedOn != ContentVersion.Of(latest)) throw new StaleContentException(latest);
        if (latest is { Published: true })
        {
            item.ContentItemVersionId = ContentIds.New();
            latest.Latest = false;
            await UpdateAsync(latest, transaction);
        }
        else if (latest is not null)
        {
            item.ContentItemVersionId = latest.ContentItemVersionId;
        }
        (item.Latest, item.Published, item.ModifiedUtc, item.Author) = (true, false, Now, actor.Name);
        item.CreatedUtc = latest?.CreatedUtc ?? item.CreatedUtc ?? Now;
        await UpsertAsync(item, transaction);
        await RecordAsync(actor, latest is null ? "content.create" : "content.save", item, transaction);
    }

    /// <summary>Makes the latest version the one that readers see.</summary>
    /// <exception cref="ContentItemNotFoundException">There is no such item.</exception>
    public async Task<ContentItem> PublishAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        var item = await ReadAsync(contentItemId, "latest", transaction) ?? throw new ContentItemNotFoundException(contentItemId);
        if (item.Published) return item;
        if (await AddressBook.OwnerAsync(AddressBook.Of(item), item, transaction) is { } owner)
            throw new InvalidContentException($"the address /{AddressBook.Of(item)} of \"{item.DisplayText}\" already belongs to {owner}");
        var previous = await ReadAsync(contentItemId, "published", transaction);
        if (previous is not null)
        {
            previous.Published = false;
            await UpdateAsync(previous, transaction);
        }
        (item.Published, item.PublishedUtc) = (true, Now);
        await HomeRoute.TakeAsync(item, transaction);
        // Asked for once: publishing the item again must not take the home page from another.
        if (item.As<AutoroutePart>().SetHomepage) item.Alter<AutoroutePart>(part => part.SetHomepage = false);
        await UpdateAsync(item, transaction);
        foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
        await RecordAsync(actor, "content.publish", item, transaction);
        await transaction.ExecuteAsync(
            "insert into activity_events (at_utc, kind, content_item_id, content_type) values (@now, @kind, @ContentItemId, @ContentType)",
            new { now = InvariantTime.Format(Now), kind = previous is null ? "published" : "updated", item.ContentItemId, item.ContentType });
        return item;
    }

    /// <summary>Takes the item away from readers; its latest version stays as a draft.</summary>
    public async Task UnpublishAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        if (await ReadAsync(contentItemId, "published", transaction) is not { } item) return;
        item.Published = false;
        await UpdateAsync(item, transaction);
        foreach (var handler in _handlers) await handler.UnpublishedAsync(item, transaction);
        await RecordAsync(actor, "content.unpublish", item, transaction);
    }

    /// <summary>Drops the draft; the published version becomes the latest again. An item that was never published is removed.</summary>
    public async Task DiscardDraftAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        if (await ReadAsync(contentItemId, "latest", transaction) is not { Published: false } draft) return;
        draft.Latest = false;
        await UpdateAsync(draft, transaction);
        if (await ReadAsync(contentItemId, "published", transaction) is { } published)
        {
            published.Latest = true;
            await UpdateAsync(published, transaction);
        }
        await RecordAsync(actor, "content.discard", draft, transaction);
    }

    /// <summary>Takes the item away from readers and editors; its versions stay in the database.</summary>
    public async Task RemoveAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        await UnpublishAsync(contentItemId, actor, transaction);
        if (await ReadAsync(contentItemId, "latest", transaction) is not { } item) return;
        item.Latest = false;
        await UpdateAsync(item, transaction);
        await RecordAsync(actor, "content.remove", item, transaction);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private Task RecordAsync(Actor actor, string action, ContentItem item, DatabaseTransaction transaction) =>
        audit.RecordAsync(transaction, actor, action, item.ContentType, item.ContentItemId, item.DisplayText, item.ContentItemVersionId);

    private static Task<ContentItem?> ReadAsync(string contentItemId, string flag, DatabaseTransaction transaction) =>
        ContentRows.FindAsync(contentItemId, flag, transaction);

    private static Task UpdateAsync(ContentItem item, DatabaseTransaction transaction) => ContentRows.UpdateAsync(item, transaction);

    private static async Task UpsertAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (await ContentRows.UpdateAsync(item, transaction) == 0) await ContentRows.InsertAsync(item, transaction);
    }
}

/// <summary>A version as an editor saw it: which, and saved when.</summary>
public sealed record ContentVersion(string ContentItemVersionId, DateTime? ModifiedUtc)
{
    /// <summary>The version that <paramref name="item"/> is.</summary>
    public static ContentVersion Of(ContentItem item) => new(item.ContentItemVersionId, item.ModifiedUtc);
}

/// <summary>Somebody has saved since the editor opened the item; <see cref="Current"/> is what is there now.</summary>
public sealed class StaleContentException(ContentItem current) : Exception($"{current.ContentItemId} was saved by {current.Author} meanwhile")
{
    /// <summary>The latest version.</summary>
    public ContentItem Current { get; } = current;
}

/// <summary>There is no such item.</summary>
public sealed class ContentItemNotFoundException(string contentItemId) : Exception($"there is no content item {contentItemId}");
