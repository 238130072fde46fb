using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>What an import did with an item.</summary>
public enum ImportOutcome
{
    /// <summary>The version was there already.</summary>
    Unchanged,

    /// <summary>The item, or a version of it, is new.</summary>
    Added,

    /// <summary>The version was there and has changed.</summary>
    Merged,
}

/// <summary>
/// Takes items from elsewhere as they are: ids, dates, owner and author stay. A version that is known and equal, whatever its flags, is left alone; one
/// that differs is merged into; any other is new. What is imported wins: a published version takes the place of the published one and of a draft, a
/// draft takes the place of a draft. Who asks without a version id means "this item, like this", and gets a version only if something differs.
/// </summary>
public sealed class ContentImport(IEnumerable<IContentHandler> handlers, AddressBook addresses, TimeProvider clock)
{
    private const int LongestId = 26;
    private const int LongestVersionId = 50;
    private readonly IContentHandler[] _handlers = [.. handlers];

    /// <summary>Takes one item; it holds afterwards what is stored.</summary>
    /// <exception cref="InvalidContentException">The item cannot be stored.</exception>
    public async Task<ImportOutcome> TakeAsync(ContentItem item, DatabaseTransaction transaction)
    {
        Check(item);
        var known = await KnownAsync(item, transaction);
        var isSame = item.ContentItemVersionId.Length > 0 && known is not null;
        var (modified, publishedAt) = (item.ModifiedUtc, item.PublishedUtc);
        if (known is not null) Complete(item, known, merges: isSame);
        if (item.DisplayText.Length == 0) item.DisplayText = item.As<TitlePart>().Title;
        if (item.Published) await addresses.CompleteAsync(item, transaction);
        if (known is not null && IsEqual(item, known)) return ImportOutcome.Unchanged;

        if (!isSame) (item.ModifiedUtc, item.PublishedUtc) = (modified, publishedAt);
        if (item.ContentItemVersionId.Length == 0) item.ContentItemVersionId = ContentIds.New();
        Date(item);
        var wasPublished = await EvictAsync(item, transaction);
        if (isSame) await ContentRows.UpdateAsync(item, transaction);
        else await ContentRows.InsertAsync(item, transaction);
        if (item.Published)
        {
            foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
            await HomeRoute.TakeAsync(item, transaction);
        }
        else if (wasPublished && await ContentRows.FindAsync(item.ContentItemId, "published", transaction) is null)
        {
            foreach (var handler in _handlers) await handler.UnpublishedAsync(item, transaction);
        }
        if (item is { Latest: true, Published: false })
            foreach (var handler in _handlers) await handler.SavedAsync(item, transaction);
        return isSame ? ImportOutcome.Merged : ImportOutcome.Added;
    }

    private static void Check(ContentItem item)
    {
        var title = item.DisplayText.Length > 0 ? item.DisplayText : item.As<TitlePart>().Title;
        if (item.ContentType.Length == 0) throw new InvalidContentException($"the item \"{title}\" has no ContentType");
        if (item.ContentItemId.Length is 0 or > LongestId)
            throw new InvalidContentException($"the {item.ContentType} \"{title}\" has no ContentItemId of at most {LongestId} characters");
        if (item.ContentItemVersionId.Length > LongestVersionId)
            throw new InvalidContentException($"the {item.ContentType} \"{title}\" has a ContentItemVersionId of more than {LongestVersionId} characters");
    }

    private static async Task<ContentItem?> KnownAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentItemVersionId.Length == 0)
            return await ContentRows.FindAsync(item.ContentItemId, item.Published ? "published" : "latest", transaction);
        var document = await transaction.FirstAsync<string>("select document from content_items where content_item_version_id = @ContentItemVersionId", new { item.ContentItemVersionId });
        if (document is null) return null;
        var known = ContentItemJson.Read(document);
        return known.ContentItemId == item.ContentItemId ? known
            : throw new InvalidContentException($"the version {item.ContentItemVersionId} of {item.ContentItemId} belongs to {known.ContentItemId} already");
    }

    // What an import does not say stays as it is known: in the envelope always, in the parts when it is the same version.
    private static void Complete(ContentItem item, ContentItem known, bool merges)
    {
        item.ModifiedUtc ??= known.ModifiedUtc;
        item.PublishedUtc ??= known.PublishedUtc;
        item.CreatedUtc ??= known.CreatedUtc;
        item.Owner ??= known.Owner;
        item.Author ??= known.Author;
        if (item.DisplayText.Length == 0) item.DisplayText = known.DisplayText;
        if (merges)
        {
            var merged = Merge(known.Parts.DeepClone().AsObject(), item.Parts);
            item.Parts.Clear();
            foreach (var (name, value) in merged) item.Parts[name] = value?.DeepClone();
        }
        else if (item.As<AutoroutePart>().Path.Length == 0 && item.Parts["AutoroutePart"] is not null && known.As<AutoroutePart>().Path is { Length: > 0 } path)
        {
            item.Alter<AutoroutePart>(part => part.Path = path);
        }
    }

    private static JsonObject Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
            into[name] = (into[name], value) is (JsonObject old, JsonObject changed) ? Merge(old.DeepClone().AsObject(), changed) : value?.DeepClone();
        return into;
    }

    private static bool IsEqual(ContentItem item, ContentItem known)
    {
        var (one, other) = (ContentItemJson.Write(item), ContentItemJson.Write(known));
        foreach (var ignored in item.ContentItemVersionId.Length == 0 ? new[] { "Latest", "Published", "ContentItemVersionId" } : ["Latest", "Published"])
        {
            one.Remove(ignored);
            other.Remove(ignored);
        }
        return JsonNode.DeepEquals(one, other);
    }

    private void Date(ContentItem item)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        item.CreatedUtc ??= now;
        item.ModifiedUtc ??= now;
        if (item.Published) item.PublishedUtc ??= now;
        item.Author ??= Actor.System.Name;
    }

    /// <returns>Whether the item had a published version.</returns>
    private static async Task<bool> EvictAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var published = await ContentRows.FindAsync(item.ContentItemId, "published", transaction);
        if (item.Published && published is not null && published.ContentItemVersionId != item.ContentItemVersionId)
        {
            (published.Published, published.Latest) = (false, false);
            await ContentRows.UpdateAsync(published, transaction);
        }
        var latest = await ContentRows.FindAsync(item.ContentItemId, "latest", transaction);
        var isRival = latest is not null && latest.ContentItemVersionId != item.ContentItemVersionId;
        if (isRival && item.Latest)
        {
            latest!.Latest = isRival = false;
            await ContentRows.UpdateAsync(latest, transaction);
        }
        // Somebody must be able to go on working on the item; a draft that comes later takes the flag.
        item.Latest |= !isRival;
        return published is not null;
    }
}
