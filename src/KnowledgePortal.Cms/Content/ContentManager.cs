using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Cms.Content;

/// <summary>Reads content items; <see cref="ContentImport"/> takes them as they are, <see cref="ContentLifecycle"/> is for what people do with them.</summary>
public sealed class ContentManager(Database database, ContentImport import)
{
    /// <summary>The item, or null when there is none in that version; for those who may see every version of it, and for the application itself.</summary>
    public async Task<ContentItem?> GetAsync(string contentItemId, VersionOptions version = VersionOptions.Published) =>
        Read(await database.FirstAsync<string>(
            $"select document from content_items where content_item_id = @contentItemId and {Column(version)} = 1", new { contentItemId }));

    /// <summary>One version of an item; null when it has none of this id.</summary>
    public async Task<ContentItem?> VersionAsync(string contentItemId, string versionId) =>
        Read(await database.FirstAsync<string>(
            "select document from content_items where content_item_id = @contentItemId and content_item_version_id = @versionId", new { contentItemId, versionId }));

    /// <summary>The published item; null where there is none, as for whoever may not see it.</summary>
    public async Task<ContentItem?> GetAsync(string contentItemId, ViewerTokens viewers) => (await GetAsync([contentItemId], viewers)).FirstOrDefault();

    /// <summary>The published items among <paramref name="contentItemIds"/> that <paramref name="viewers"/> see, in that order.</summary>
    public async Task<IReadOnlyList<ContentItem>> GetAsync(IReadOnlyCollection<string> contentItemIds, ViewerTokens viewers)
    {
        if (contentItemIds.Count == 0) return [];
        var documents = await database.QueryAsync<string>(
            $"select i.document from content_items i where i.content_item_id in @contentItemIds and i.published = 1 and {ViewerTokens.See("i.content_item_id")}",
            new { contentItemIds, viewers = viewers.Values });
        var items = documents.Select(d => Read(d)!).ToDictionary(i => i.ContentItemId);
        return [.. contentItemIds.Where(items.ContainsKey).Select(id => items[id])];
    }

    /// <summary>The published item at an address (no leading slash); null where there is none, as for whoever may not see it.</summary>
    public async Task<ContentItem?> GetByPathAsync(string path, ViewerTokens viewers) =>
        Read(await database.FirstAsync<string>(
            $"""
            select i.document from autoroute_index r
            join content_items i on i.content_item_id = r.content_item_id and i.published = 1
            where r.path = @path and {ViewerTokens.See("i.content_item_id")}
            """,
            new { path, viewers = viewers.Values }));

    /// <summary>Takes an item as it is, ids and dates included.</summary>
    /// <returns>False when nothing had to be written.</returns>
    /// <exception cref="InvalidContentException">The item lacks its type or an id.</exception>
    public async Task<bool> ImportAsync(ContentItem item, DatabaseTransaction transaction) => await import.TakeAsync(item, transaction) != ImportOutcome.Unchanged;

    private static ContentItem? Read(string? document) =>
        document is null ? null : ContentItemJson.Read(JsonNode.Parse(document)!.AsObject());

    private static string Column(VersionOptions version) => version == VersionOptions.Latest ? "latest" : "published";
}

/// <summary>Content that cannot be stored, with the reason in words.</summary>
public sealed class InvalidContentException(string message) : Exception(message);
