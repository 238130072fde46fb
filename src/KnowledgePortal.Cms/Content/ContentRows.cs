using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Writes versions as rows of <c>content_items</c>. Flags and times stand in columns, which queries ask, and in the document, which readers parse.</summary>
internal static class ContentRows
{
    public static Task<int> InsertAsync(ContentItem item, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        """
        insert into content_items (content_item_id, content_item_version_id, content_type, display_text, latest, published, was_published,
          created_utc, modified_utc, published_utc, owner, author, document)
        values (@ContentItemId, @ContentItemVersionId, @ContentType, @DisplayText, @Latest, @Published, @Published,
          @Created, @Modified, @PublishedAt, @Owner, @Author, @Document)
        """,
        Values(item));

    /// <returns>0 when there is no row of this version.</returns>
    public static Task<int> UpdateAsync(ContentItem item, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        """
        update content_items set display_text = @DisplayText, latest = @Latest, published = @Published, was_published = case when @Published = 1 then 1 else was_published end, created_utc = @Created,
          modified_utc = @Modified, published_utc = @PublishedAt, owner = @Owner, author = @Author, document = @Document
        where content_item_version_id = @ContentItemVersionId
        """,
        Values(item));

    /// <summary>The version of an item that carries a flag, <c>latest</c> or <c>published</c>, as the transaction sees it.</summary>
    public static async Task<ContentItem?> FindAsync(string contentItemId, string flag, DatabaseTransaction transaction) =>
        Read(await transaction.FirstAsync<string>(
            $"select document from content_items where content_item_id = @contentItemId and {flag} = 1", new { contentItemId }));

    /// <summary>One version of an item; null when the item has no such version.</summary>
    public static async Task<ContentItem?> VersionAsync(string contentItemId, string versionId, DatabaseTransaction transaction) =>
        Read(await transaction.FirstAsync<string>(
            "select document from content_items where content_item_id = @contentItemId and content_item_version_id = @versionId", new { contentItemId, versionId }));

    private static ContentItem? Read(string? document) => document is null ? null : ContentItemJson.Read(document);

    private static object Values(ContentItem item) => new
    {
        item.ContentItemId, item.ContentItemVersionId, item.ContentType, item.DisplayText,
        Latest = item.Latest ? 1 : 0, Published = item.Published ? 1 : 0,
        Created = Text(item.CreatedUtc), Modified = Text(item.ModifiedUtc), PublishedAt = Text(item.PublishedUtc),
        item.Owner, item.Author, Document = ContentItemJson.Write(item).ToJsonString(JsonText.Options),
    };

    private static string? Text(DateTime? utc) => utc is { } value ? InvariantTime.Format(value) : null;
}
