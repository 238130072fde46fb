using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Reads content items, and imports them as they are; <see cref="ContentLifecycle"/> is for what people do with them.</summary>
public sealed class ContentManager(Database database, IEnumerable<IContentHandler> handlers)
{
    private readonly IContentHandler[] _handlers = [.. handlers];

    /// <summary>The item, or null when there is none in that version.</summary>
    public async Task<ContentItem?> GetAsync(string contentItemId, VersionOptions version = VersionOptions.Published) =>
        Read(await database.FirstAsync<string>(
            $"select document from content_items where content_item_id = @contentItemId and {Column(version)} = 1", new { contentItemId }));

    /// <summary>One version of an item; null when it has none of this id.</summary>
    public async Task<ContentItem?> VersionAsync(string contentItemId, string versionId) =>
        Read(await database.FirstAsync<string>(
            "select document from content_items where content_item_id = @contentItemId and content_item_version_id = @versionId", new { contentItemId, versionId }));

    /// <summary>The published items among <paramref name="contentItemIds"/>, in that order.</summary>
    public async Task<IReadOnlyList<ContentItem>> GetAsync(IReadOnlyCollection<string> contentItemIds)
    {
        if (contentItemIds.Count == 0) return [];
        var documents = await database.QueryAsync<string>(
            "select document from content_items where content_item_id in @contentItemIds and published = 1", new { contentItemIds });
        var items = documents.Select(d => Read(d)!).ToDictionary(i => i.ContentItemId);
        return [.. contentItemIds.Where(items.ContainsKey).Select(id => items[id])];
    }

    /// <summary>The published item at an address (no leading slash), or null.</summary>
    public async Task<ContentItem?> GetByPathAsync(string path) =>
        Read(await database.FirstAsync<string>(
            """
            select i.document from autoroute_index r
            join content_items i on i.content_item_id = r.content_item_id and i.published = 1
            where r.path = @path
            """,
            new { path }));

    /// <summary>
    /// Takes an item as it is, ids and dates included. A version that is there already and equal is left alone; a new version takes the place
    /// of the published and of the latest one, as its flags say.
    /// </summary>
    /// <returns>False when nothing had to be written.</returns>
    /// <exception cref="InvalidContentException">The item lacks its type or an id.</exception>
    public async Task<bool> ImportAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType.Length == 0) throw new InvalidContentException("a content item has no ContentType");
        if (item.ContentItemId.Length is 0 or > 26)
            throw new InvalidContentException($"the {item.ContentType} \"{item.DisplayText}\" has no ContentItemId of at most 26 characters");
        if (item.ContentItemVersionId.Length == 0) item.ContentItemVersionId = ContentIds.New();

        var document = ContentItemJson.Write(item).ToJsonString(JsonText.Options);
        var known = await transaction.FirstAsync<string>(
            "select document from content_items where content_item_version_id = @id", new { id = item.ContentItemVersionId });
        if (known == document) return false;

        await transaction.ExecuteAsync("delete from content_items where content_item_version_id = @id", new { id = item.ContentItemVersionId });
        if (item.Latest) await TakeFlagAsync("latest", item, transaction);
        if (item.Published) await TakeFlagAsync("published", item, transaction);
        await ContentRows.InsertAsync(item, transaction);
        if (item.Published)
            foreach (var handler in _handlers) await handler.PublishedAsync(item, transaction);
        return true;
    }

    private static async Task TakeFlagAsync(string flag, ContentItem item, DatabaseTransaction transaction)
    {
        var rows = await transaction.QueryAsync<string>(
            $"select document from content_items where content_item_id = @ContentItemId and {flag} = 1", new { item.ContentItemId });
        foreach (var older in rows.Select(d => Read(d)!))
        {
            if (flag == "latest") older.Latest = false; else older.Published = false;
            await ContentRows.UpdateAsync(older, transaction);
        }
    }

    private static ContentItem? Read(string? document) =>
        document is null ? null : ContentItemJson.Read(JsonNode.Parse(document)!.AsObject());

    private static string Column(VersionOptions version) => version == VersionOptions.Latest ? "latest" : "published";
}

/// <summary>Content that cannot be stored, with the reason in words.</summary>
public sealed class InvalidContentException(string message) : Exception(message);
