using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Keeps the addresses of published items; an address belongs to one item.</summary>
public sealed class AutorouteHandler : IContentHandler
{
    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        var path = item.As<AutoroutePart>().Path;
        if (path.Length == 0) return;
        var taken = await transaction.FirstAsync<string>("select content_item_id from autoroute_index where path = @path", new { path });
        if (taken is not null) throw new InvalidContentException($"the address /{path} of \"{item.DisplayText}\" already belongs to {taken}");
        await transaction.ExecuteAsync(
            "insert into autoroute_index (path, content_item_id, content_type) values (@path, @ContentItemId, @ContentType)",
            new { path, item.ContentItemId, item.ContentType });
    }

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from autoroute_index where content_item_id = @ContentItemId", new { item.ContentItemId });
}
