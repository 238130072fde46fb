using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// What people do with an item: create, save a draft, publish, unpublish, discard, clone, restore, remove. The published version stays what readers see
/// until a newer one is published. Every change is one call in the caller's transaction, with its handlers and its line in the audit trail.
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

    /// <summary>Stores a new item as a draft.</summary>
    /// <exception cref="StaleContentException">There is an item of this id.</exception>
    public Task CreateAsync(ContentItem item, Actor actor, DatabaseTransaction transaction) => SaveDraftAsync(item, null, actor, transaction);

    /// <summary>Stores a change that is not an editor's: what readers see stays what they see, with the change in it; a draft stays a draft.</summary>
    /// <exception cref="StaleContentException">Somebody has saved since <paramref name="item"/> was read.</exception>
    public async Task UpdateAsync(ContentItem item, Actor actor, DatabaseTransaction transaction)
    {
        var wasPublished = item.Published;
        if (await SaveDraftAsync(item, ContentVersion.Of(item), actor, transaction) && wasPublished) await PublishAsync(item.ContentItemId, actor, transaction);
    }

    /// <summary>
    /// Stores the item as a new version, the latest; <paramref name="item"/> gets its id. Every save is a version, so that two people's work can be
    /// compared with what both began from.
    /// </summary>
    /// <param name="item">What to store.</param>
    /// <param name="basedOn">The version that the editor saw; null for a new item.</param>
    /// <param name="actor">Who.</param>
    /// <param name="transaction">The caller's transaction.</param>
    /// <returns>False when nothing differs from the latest version; then nothing is stored.</returns>
    /// <exception cref="StaleContentException">Somebody has saved since <paramref name="basedOn"/>.</exception>
    public async Task<bool> SaveDraftAsync(ContentItem item, ContentVersion? basedOn, Actor actor, DatabaseTransaction transaction)
    {
        var latest = await ContentRows.FindAsync(item.ContentItemId, "latest", transaction);
        if (latest is not null && basedOn != ContentVersion.Of(latest)) throw new StaleContentException(latest);
        var changes = ContentDifference.Between(latest?.Parts ?? [], item.Parts);
        if (latest is not null && changes.Count == 0 && latest.DisplayText == item.DisplayText)
        {
            item.ContentItemVersionId = latest.ContentItemVersionId;
            return false;
        }
        await StoreDraftAsync(item, latest, actor, transaction);
        await RecordAsync(actor, latest is null ? "content.create" : "content.save", item, transaction, changes);
        return true;
    }

    /// <summary>Makes the latest version the one that readers see.</summary>
    /// <exception cref="ContentItemNotFoundException">There is no such item.</exception>
    public async Task<ContentItem> PublishAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        var item = await ContentRows.FindAsync(contentItemId, "latest", transaction) ?? throw new ContentItemNotFoundException(contentItemId);
        if (item.Published) return item;
        transaction.FailsAs("publish");
        if (await AddressBook.OwnerAsync(AddressBook.Of(item), item, transaction) is { } owner)
            throw new InvalidContentException($"the address /{AddressBook.Of(item)} of \"{item.DisplayText}\" already belongs to {owner}");
        var previous = await ContentRows.FindAsync(contentItemId, "published", transaction);
        if (previous is not null)
        {
            previous.Published = false;
            await ContentRows.UpdateAsync(previous, transaction);
        }
        (item.Published, item.PublishedUtc) = (true, Now);
        foreach (var handler in _handlers) await handler.PublishingAsync(item, transaction);
        await HomeRoute.TakeAsync(item, transaction);
        // Asked for once: publishing the item again must not take the home page from another.
        if (item.As<AutoroutePart>().SetHomepage) item.Alter<AutoroutePart>(part => part.SetHomepage = false);
        await ContentRows.UpdateAsync(item, transaction);
        FailPoint.Reach("publish.stored");
        foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
        FailPoint.Reach("publish.before-audit");
        await RecordAsync(actor, "content.publish", item, transaction, ContentDifference.Between(previous?.Parts ?? [], item.Parts));
        FailPoint.Reach("publish.before-activity");
        await transaction.ExecuteAsync(
            "insert into activity_events (at_utc, kind, content_item_id, content_type) values (@now, @kind, @ContentItemId, @ContentType)",
            new { now = InvariantTime.Format(Now), kind = previous is null ? "published" : "updated", item.ContentItemId, item.ContentType });
        return item;
    }

    /// <summary>Takes the item away from readers; its latest version stays as a draft.</summary>
    public async Task UnpublishAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        if (await ContentRows.FindAsync(contentItemId, "published", transaction) is not { } item) return;
        item.Published = false;
        foreach (var handler in _handlers) await handler.UnpublishingAsync(item, transaction);
        await ContentRows.UpdateAsync(item, transaction);
        foreach (var handler in _handlers) await handler.UnpublishedAsync(item, transaction);
        await RecordAsync(actor, "content.unpublish", item, transaction);
    }

    /// <summary>Drops the draft; the published version becomes the latest again. An item that readers do not see is removed.</summary>
    public async Task DiscardDraftAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        if (await ContentRows.FindAsync(contentItemId, "latest", transaction) is not { Published: false } draft) return;
        if (await ContentRows.FindAsync(contentItemId, "published", transaction) is not { } published)
        {
            await RemoveAsync(contentItemId, actor, transaction);
            return;
        }
        draft.Latest = false;
        await ContentRows.UpdateAsync(draft, transaction);
        published.Latest = true;
        await ContentRows.UpdateAsync(published, transaction);
        await RecordAsync(actor, "content.discard", draft, transaction, ContentDifference.Between(draft.Parts, published.Parts));
    }

    /// <summary>A copy of the latest version as a draft of its own; addresses, aliases and times stay with the original.</summary>
    /// <param name="contentItemId">The original.</param>
    /// <param name="change">What makes the copy different, such as its title; null for nothing.</param>
    /// <param name="actor">Who, and the owner of the copy.</param>
    /// <param name="transaction">The caller's transaction.</param>
    /// <exception cref="ContentItemNotFoundException">There is no such item.</exception>
    public async Task<ContentItem> CloneAsync(string contentItemId, Action<ContentItem>? change, Actor actor, DatabaseTransaction transaction)
    {
        var original = await ContentRows.FindAsync(contentItemId, "latest", transaction) ?? throw new ContentItemNotFoundException(contentItemId);
        var clone = New(original.ContentType, actor);
        Replace(clone, original);
        change?.Invoke(clone);
        foreach (var handler in _handlers) await handler.CloningAsync(clone, transaction);
        await StoreDraftAsync(clone, null, actor, transaction);
        await audit.RecordAsync(transaction, actor, "content.clone", clone.ContentType, clone.ContentItemId, clone.DisplayText, contentItemId);
        return clone;
    }

    /// <summary>Makes an old version the latest one, as a new draft, unless it is equal; what was the latest stays in the history.</summary>
    /// <exception cref="ContentItemNotFoundException">There is no such item, or it has no such version.</exception>
    public async Task<ContentItem> RestoreAsync(string contentItemId, string versionId, Actor actor, DatabaseTransaction transaction)
    {
        var latest = await ContentRows.FindAsync(contentItemId, "latest", transaction) ?? throw new ContentItemNotFoundException(contentItemId);
        var version = await ContentRows.VersionAsync(contentItemId, versionId, transaction) ?? throw new ContentItemNotFoundException($"{contentItemId} in version {versionId}");
        foreach (var handler in _handlers) await handler.RestoringAsync(version, transaction);
        var draft = ContentItemJson.Read(ContentItemJson.Write(latest));
        Replace(draft, version);
        if (ContentDifference.Between(latest.Parts, draft.Parts).Count == 0) return latest;
        await StoreDraftAsync(draft, latest, actor, transaction);
        await RecordAsync(actor, "content.restore", draft, transaction, ContentDifference.Between(latest.Parts, draft.Parts));
        return draft;
    }

    /// <summary>Takes the item away from readers and editors; it can be brought back until it is purged.</summary>
    public async Task RemoveAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        var wasPublished = await ContentRows.FindAsync(contentItemId, "published", transaction) is not null;
        if (await ContentRows.FindAsync(contentItemId, "latest", transaction) is { } removing)
            foreach (var handler in _handlers) await handler.RemovingAsync(removing, transaction);
        await UnpublishAsync(contentItemId, actor, transaction);
        if (await ContentRows.FindAsync(contentItemId, "latest", transaction) is not { } item) return;
        item.Latest = false;
        await ContentRows.UpdateAsync(item, transaction);
        await transaction.ExecuteAsync(
            """
            insert into removed_items (content_item_id, content_item_version_id, content_type, display_text, owner, was_published, removed_utc, removed_by)
            values (@ContentItemId, @ContentItemVersionId, @ContentType, @DisplayText, @Owner, @wasPublished, @now, @Name)
            on conflict (content_item_id) do update set content_item_version_id = excluded.content_item_version_id, content_type = excluded.content_type,
              display_text = excluded.display_text, owner = excluded.owner, was_published = excluded.was_published, removed_utc = excluded.removed_utc, removed_by = excluded.removed_by
            """,
            new { item.ContentItemId, item.ContentItemVersionId, item.ContentType, item.DisplayText, item.Owner, wasPublished = wasPublished ? 1 : 0, now = InvariantTime.Format(Now), actor.Name });
        await RecordAsync(actor, "content.remove", item, transaction);
    }

    /// <summary>Brings a removed item back as a draft; null when it was not removed or is gone for good.</summary>
    public async Task<ContentItem?> BringBackAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        var version = await transaction.FirstAsync<string>("select content_item_version_id from removed_items where content_item_id = @contentItemId", new { contentItemId });
        if (version is null) return null;
        await transaction.ExecuteAsync("delete from removed_items where content_item_id = @contentItemId", new { contentItemId });
        // An import may have brought the item back already.
        if (await ContentRows.FindAsync(contentItemId, "latest", transaction) is { } there) return there;
        if (await ContentRows.VersionAsync(contentItemId, version, transaction) is not { } item) return null;
        item.Latest = true;
        await ContentRows.UpdateAsync(item, transaction);
        await RecordAsync(actor, "content.bring-back", item, transaction);
        return item;
    }

    /// <summary>Ends a removed item for good: its versions and what handlers keep of it. An item that an import has brought back stays.</summary>
    public async Task PurgeAsync(string contentItemId, Actor actor, DatabaseTransaction transaction)
    {
        var version = await transaction.FirstAsync<string>("select content_item_version_id from removed_items where content_item_id = @contentItemId", new { contentItemId });
        if (version is null) return;
        await transaction.ExecuteAsync("delete from removed_items where content_item_id = @contentItemId", new { contentItemId });
        if (await transaction.FirstAsync<long>("select count(*) from content_items where content_item_id = @contentItemId and (latest = 1 or published = 1)", new { contentItemId }) > 0) return;
        if (await ContentRows.VersionAsync(contentItemId, version, transaction) is not { } item) return;
        foreach (var handler in _handlers) await handler.PurgingAsync(item, transaction);
        await transaction.ExecuteAsync("delete from content_items where content_item_id = @contentItemId", new { contentItemId });
        await transaction.ExecuteAsync("delete from activity_events where content_item_id = @contentItemId", new { contentItemId });
        await RecordAsync(actor, "content.purge", item, transaction);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task StoreDraftAsync(ContentItem item, ContentItem? latest, Actor actor, DatabaseTransaction transaction)
    {
        if (latest is not null)
        {
            item.ContentItemVersionId = ContentIds.New();
            latest.Latest = false;
            await ContentRows.UpdateAsync(latest, transaction);
        }
        (item.Latest, item.Published, item.ModifiedUtc, item.Author) = (true, false, Now, actor.Name);
        item.CreatedUtc = latest?.CreatedUtc ?? item.CreatedUtc ?? Now;
        await ContentRows.InsertAsync(item, transaction);
        foreach (var handler in _handlers) await handler.SavedAsync(item, transaction);
    }

    private static void Replace(ContentItem item, ContentItem by)
    {
        item.DisplayText = by.DisplayText;
        item.Parts.Clear();
        foreach (var (name, value) in by.Parts) item.Parts[name] = value?.DeepClone();
    }

    private Task RecordAsync(Actor actor, string action, ContentItem item, DatabaseTransaction transaction, IReadOnlyList<ContentChange>? changes = null) =>
        audit.RecordAsync(transaction, actor, action, item.ContentType, item.ContentItemId, item.DisplayText, item.ContentItemVersionId, changes);
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
