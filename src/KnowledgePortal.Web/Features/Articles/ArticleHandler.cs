using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>Fills <c>article_index</c>.</summary>
public sealed class ArticleHandler : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.ContentType != ArticlePart.ContentType) return;
        await UnpublishedAsync(item, transaction);
        var part = item.As<ArticlePart>();
        await transaction.ExecuteAsync(
            """
            insert into article_index (content_item_id, path, title, summary, published_on, agency, source_id, source_url, content_hash, duplicate_of)
            values (@ContentItemId, @path, @DisplayText, @Summary, @PublishedOn, @AgencyName, @sourceId, @sourceUrl, @hash, @DuplicateOfId)
            """,
            new
            {
                item.ContentItemId, path = item.As<AutoroutePart>().Path, item.DisplayText, part.Summary, part.PublishedOn, part.AgencyName,
                sourceId = OrNull(part.SourceId), sourceUrl = part.Source?.Url, hash = OrNull(part.ContentHash), part.DuplicateOfId,
            });
    }

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        item.ContentType == ArticlePart.ContentType
            ? transaction.ExecuteAsync("delete from article_index where content_item_id = @ContentItemId", new { item.ContentItemId })
            : Task.CompletedTask;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
