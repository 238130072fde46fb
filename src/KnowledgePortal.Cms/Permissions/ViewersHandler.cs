using System.Text.Json.Nodes;
using Dapper;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Permissions;

/// <summary>Keeps <c>content_viewers</c>: who may see a published item, and what lies in it.</summary>
public sealed class ViewersHandler(IEnumerable<IContentContainment> containments, TimeProvider clock) : IContentHandler
{
    /// <summary>How far down what lies in an item follows it: items that lie in each other would never end.</summary>
    public const int Deepest = 8;

    // Of one statement; few items have more.
    private const int MostRows = 50;
    private readonly IContentContainment[] _containments = [.. containments];

    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var own = ViewGroups.Of(item);
        var container = _containments.Select(c => c.ContainerOf(item)).FirstOrDefault(id => id is { Length: > 0 } && id != item.ContentItemId);
        var effective = container is null ? own : own.Inside(await OfContainerAsync(container, transaction));
        if (container is null && own.IsPublic)
            await transaction.ExecuteAsync("delete from view_groups where content_item_id = @ContentItemId", new { item.ContentItemId });
        else
            await transaction.ExecuteAsync(
                """
                insert into view_groups (content_item_id, container_item_id, own, effective) values (@ContentItemId, @container, @own, @effective)
                on conflict (content_item_id) do update set container_item_id = excluded.container_item_id, own = excluded.own, effective = excluded.effective
                """,
                new { item.ContentItemId, container, own = own.ToString(), effective = effective.ToString() });
        await WriteAsync(item.ContentItemId, item.ContentType, item.Owner, effective, transaction);
        await NarrowContentsAsync(item.ContentItemId, effective, Deepest, transaction);
    }

    /// <inheritdoc/>
    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from content_viewers where content_item_id = @ContentItemId", new { item.ContentItemId });

    /// <inheritdoc/>
    public Task PurgingAsync(ContentItem item, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        "delete from view_groups where content_item_id = @ContentItemId and not exists (select 1 from view_groups c where c.container_item_id = @ContentItemId)", new { item.ContentItemId });

    // A container that has never been published is seen as its draft says: what lies in it must not be seen by more people before than after.
    private static async Task<ViewGroups> OfContainerAsync(string id, DatabaseTransaction transaction)
    {
        if (await transaction.FirstAsync<string>("select effective from view_groups where content_item_id = @id", new { id }) is { } stored) return ViewGroups.Read(stored);
        var document = await transaction.FirstAsync<string>("select document from content_items where content_item_id = @id and (published = 1 or latest = 1) order by published desc limit 1", new { id });
        return document is null ? ViewGroups.Public : ViewGroups.Of(ContentItemJson.Read(JsonNode.Parse(document)!.AsObject()));
    }

    private async Task NarrowContentsAsync(string id, ViewGroups container, int depth, DatabaseTransaction transaction)
    {
        if (depth == 0) return;
        foreach (var row in await transaction.QueryAsync<Contained>(
            """
            select g.content_item_id, g.own, g.effective, i.content_type, i.owner from view_groups g
            left join content_items i on i.content_item_id = g.content_item_id and i.published = 1 where g.container_item_id = @id
            """,
            new { id }))
        {
            var effective = ViewGroups.Read(row.Own).Inside(container);
            if (effective.ToString() == row.Effective) continue;
            await transaction.ExecuteAsync("update view_groups set effective = @effective where content_item_id = @ContentItemId", new { row.ContentItemId, effective = effective.ToString() });
            if (row.ContentType is { } type)
            {
                await WriteAsync(row.ContentItemId, type, row.Owner, effective, transaction);
                await IndexingTaskHandler.TouchAsync(row.ContentItemId, clock.GetUtcNow().UtcDateTime, transaction);
            }
            await NarrowContentsAsync(row.ContentItemId, effective, depth - 1, transaction);
        }
    }

    private static async Task WriteAsync(string id, string type, string? owner, ViewGroups groups, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from content_viewers where content_item_id = @id", new { id });
        var tokens = ViewerTokens.Beside(type, owner, groups);
        foreach (var some in tokens.Chunk(MostRows))
        {
            var parameters = new DynamicParameters();
            parameters.Add("id", id);
            for (var i = 0; i < some.Length; i++) parameters.Add($"v{i}", some[i]);
            await transaction.ExecuteAsync($"insert into content_viewers (content_item_id, viewer) values {string.Join(", ", some.Select((_, i) => $"(@id, @v{i})"))}", parameters);
        }
    }

    private sealed record Contained
    {
        public string ContentItemId { get; init; } = "";
        public string Own { get; init; } = "";
        public string Effective { get; init; } = "";
        public string? ContentType { get; init; }
        public string? Owner { get; init; }
    }
}
