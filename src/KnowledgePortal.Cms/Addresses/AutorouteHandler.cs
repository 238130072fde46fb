using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Addresses;

/// <summary>
/// Keeps the addresses of published items, and remembers former ones. An address belongs to one item: who asks for one that is taken gets none, and
/// whoever publishes has to see to that before.
/// </summary>
public sealed class AutorouteHandler : IContentHandler
{
    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var path = AddressBook.Of(item);
        var former = await transaction.FirstAsync<string>("select path from autoroute_index where content_item_id = @ContentItemId", new { item.ContentItemId });
        if (former == path) return;
        await UnpublishedAsync(item, transaction);
        if (!AddressBook.IsSound(path)) return;
        var added = await transaction.ExecuteAsync(
            "insert into autoroute_index (path, content_item_id, content_type) values (@path, @ContentItemId, @ContentType) on conflict (path) do nothing",
            new { path, item.ContentItemId, item.ContentType });
        if (added == 0) return;
        await transaction.ExecuteAsync("delete from autoroute_redirects where path = @path", new { path });
    }

    /// <inheritdoc/>
    public async Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync(
            """
            insert into autoroute_redirects (path, content_item_id) select path, content_item_id from autoroute_index where content_item_id = @ContentItemId
            on conflict (path) do update set content_item_id = excluded.content_item_id
            """,
            new { item.ContentItemId });
        await transaction.ExecuteAsync("delete from autoroute_index where content_item_id = @ContentItemId", new { item.ContentItemId });
    }

    /// <inheritdoc/>
    public Task PurgingAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from autoroute_redirects where content_item_id = @ContentItemId", new { item.ContentItemId });
}

/// <summary>Keeps the aliases of published items; the first that has one keeps it.</summary>
public sealed class AliasHandler : IContentHandler
{
    private const int Longest = 735;

    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        if (item.As<AliasPart>().Alias is { Length: > 0 and <= Longest } alias)
            await transaction.ExecuteAsync(
                "insert into alias_index (alias, content_item_id) values (@alias, @ContentItemId) on conflict (alias) do nothing", new { alias, item.ContentItemId });
    }

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from alias_index where content_item_id = @ContentItemId", new { item.ContentItemId });
}
