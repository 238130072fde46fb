using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Api.Webhooks;

/// <summary>
/// Writes down what is to be told, in the transaction of the change: nothing is told that did not happen, and nothing that happened is forgotten. Stands
/// behind the kernel's handlers, which have then said who sees the item.
/// </summary>
public sealed class WebhookHandler(PortalSettings settings, TimeProvider clock) : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var isPublic = await transaction.FirstAsync<string>(
            "select viewer from content_viewers where content_item_id = @ContentItemId and viewer = @Everybody", new { item.ContentItemId, ViewGroups.Everybody }) is not null;
        var wasPublic = await IsKnownAsync(item, transaction);
        await (isPublic ? RememberAsync(item, transaction) : ForgetAsync(item, transaction));
        await TellAsync(item, WebhookEvents.Published, hook => isPublic || hook.TellsAll, transaction);
        // What is for some only has gone for those who were told that it is there.
        if (wasPublic && !isPublic) await TellAsync(item, WebhookEvents.Unpublished, hook => !hook.TellsAll, transaction);
        if (!wasPublic || !isPublic) await TellOfContentsAsync(item, transaction);
    }

    // What lies in the item may have lost its public readers with it, or found them again; who hears all has been told of it and sees it still.
    private async Task TellOfContentsAsync(ContentItem container, DatabaseTransaction transaction)
    {
        foreach (var row in await transaction.QueryAsync<Changed>(
            """
            with recursive inside (content_item_id, depth) as (
              select content_item_id, 1 from view_groups where container_item_id = @ContentItemId
              union select g.content_item_id, i.depth + 1 from view_groups g join inside i on g.container_item_id = i.content_item_id where i.depth < @Deepest),
            known as (
              select c.content_item_id, c.document,
                case when exists (select 1 from content_viewers v where v.content_item_id = c.content_item_id and v.viewer = @Everybody) then 1 else 0 end as is_public,
                case when exists (select 1 from webhook_items w where w.content_item_id = c.content_item_id) then 1 else 0 end as was_public
              from content_items c where c.published = 1 and c.content_item_id in (select content_item_id from inside) and c.content_item_id <> @ContentItemId)
            select document, is_public from known where is_public <> was_public order by content_item_id
            """,
            new { container.ContentItemId, ViewersHandler.Deepest, ViewGroups.Everybody }))
        {
            var item = ContentItemJson.Read(JsonNode.Parse(row.Document)!.AsObject());
            await (row.IsPublic ? RememberAsync(item, transaction) : ForgetAsync(item, transaction));
            await TellAsync(item, row.IsPublic ? WebhookEvents.Published : WebhookEvents.Unpublished, hook => !hook.TellsAll, transaction);
        }
    }

    public async Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var wasPublic = await IsKnownAsync(item, transaction);
        await ForgetAsync(item, transaction);
        await TellAsync(item, WebhookEvents.Unpublished, hook => wasPublic || hook.TellsAll, transaction);
    }

    public async Task RemovingAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var wasPublic = await IsKnownAsync(item, transaction);
        await TellAsync(item, WebhookEvents.Removed, hook => wasPublic || hook.TellsAll, transaction);
    }

    private async Task TellAsync(ContentItem item, string what, Func<Webhook, bool> isTold, DatabaseTransaction transaction)
    {
        foreach (var hook in await transaction.QueryAsync<Webhook>("select webhook_id, events, content_types, tells_all from webhooks"))
            if (hook.Hears(what, item.ContentType) && isTold(hook))
                await WebhookQueue.AddAsync(hook.WebhookId, what, item.DisplayText, Thing(item), clock.GetUtcNow().UtcDateTime, transaction);
    }

    private JsonObject Thing(ContentItem item) => new()
    {
        ["ContentItemId"] = item.ContentItemId, ["ContentType"] = item.ContentType, ["DisplayText"] = item.DisplayText,
        ["url"] = AddressBook.Of(item) is { Length: > 0 } path ? settings.Absolute(path) : null, ["api"] = settings.Absolute($"api/v1/content/{item.ContentItemId}"),
    };

    private static async Task<bool> IsKnownAsync(ContentItem item, DatabaseTransaction transaction) =>
        await transaction.FirstAsync<string>("select content_item_id from webhook_items where content_item_id = @ContentItemId", new { item.ContentItemId }) is not null;

    private static Task RememberAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("insert into webhook_items (content_item_id) values (@ContentItemId) on conflict (content_item_id) do nothing", new { item.ContentItemId });

    private static Task ForgetAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from webhook_items where content_item_id = @ContentItemId", new { item.ContentItemId });

    private sealed record Changed
    {
        public string Document { get; init; } = "";
        public bool IsPublic { get; init; }
    }
}
