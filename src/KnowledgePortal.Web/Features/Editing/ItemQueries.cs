using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Recordings;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Reads items as the workbench lists them.</summary>
public sealed class ItemQueries(Database database, RecordingQueries recordings, Sessions.SessionQueries sessions)
{
    public const int PageSize = 30;

    private const string Select =
        """
        select i.content_item_id, i.content_type, i.display_text as title, i.owner, i.author, i.modified_utc, i.published as latest_is_published,
          json_extract(i.document, '$.PublishLaterPart.ScheduledPublishUtc') as publish_later_utc,
          (select json_extract(p.document, '$.ArchiveLaterPart.ScheduledArchiveUtc') from content_items p where p.content_item_id = i.content_item_id and p.published = 1) as archive_later_utc,
          exists (select 1 from content_items p where p.content_item_id = i.content_item_id and p.published = 1) as has_published
        from content_items i

        """;

    // What somebody may edit: all of the open types, and of his other types his own.
    private const string Mine = "where i.latest = 1 and (i.content_type in @open or i.content_type in @types and i.owner = @Name) ";

    public Task<IReadOnlyList<ItemRow>> DraftsOfAsync(Visitor visitor, IReadOnlyList<string> types, IReadOnlyList<string> open) => database.QueryAsync<ItemRow>(
        Select + Mine + "and i.published = 0 and (i.owner = @Name or i.author = @Name) order by i.modified_utc desc nulls last limit 6", new { visitor.Name, types, open });

    public async Task<(IReadOnlyList<ItemRow> Items, long Total)> ListAsync(Visitor visitor, IReadOnlyList<string> types, IReadOnlyList<string> open, string? type, string text, int page)
    {
        var filter = Mine + "and (@type is null or i.content_type = @type) and (@text = '' or instr(lower(i.display_text), lower(@text)) > 0) ";
        var parameters = new { visitor.Name, types, open, type, text, PageSize, skip = (page - 1) * PageSize };
        return (
            await database.QueryAsync<ItemRow>(Select + filter + "order by i.modified_utc desc nulls last, i.id desc limit @PageSize offset @skip", parameters),
            await database.FirstAsync<long>("select count(*) from content_items i " + filter, parameters));
    }

    /// <summary>True when an item of this id has ever been stored.</summary>
    public async Task<bool> ExistsAsync(string contentItemId) =>
        await database.FirstAsync<long>("select count(*) from content_items where content_item_id = @contentItemId", new { contentItemId }) > 0;

    public async Task<ItemState> StateAsync(ContentItem item) => item.Published ? ItemState.Published
        : await database.FirstAsync<long>("select count(*) from content_items where content_item_id = @ContentItemId and published = 1", new { item.ContentItemId }) > 0
            ? ItemState.Changed : ItemState.Draft;

    /// <summary>When readers cease to see the item, as the version that they see says.</summary>
    public async Task<DateTime?> ArchiveAtAsync(ContentItem item) => InvariantTime.Parse(await database.FirstAsync<string>(
        "select json_extract(document, '$.ArchiveLaterPart.ScheduledArchiveUtc') from content_items where content_item_id = @ContentItemId and published = 1", new { item.ContentItemId }));

    /// <summary>Where readers see the item, without a leading slash; null when they see it nowhere.</summary>
    public async Task<string?> PathAsync(ContentItem item)
    {
        if (item.ContentType != RecordingPart.ContentType)
            return await database.FirstAsync<string>("select path from autoroute_index where content_item_id = @ContentItemId", new { item.ContentItemId });
        return await sessions.FindAsync(item.As<RecordingPart>().SessionId, ViewerTokens.Everything) is { } session && await recordings.OfSessionAsync(session.ContentItemId, ViewerTokens.Everything) is { } shown && shown.ContentItemId == item.ContentItemId
            ? RecordingQueries.WatchPath(session) : null;
    }
}
