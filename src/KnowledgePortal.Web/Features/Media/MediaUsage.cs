using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Keeps <c>media_usage</c>: which items show which files, and whether readers see those items.</summary>
public sealed partial class MediaUsage(MediaFolder media) : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        await WriteAsync(item, published: 1, transaction);
    }

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("update media_usage set published = 0 where content_item_id = @ContentItemId", new { item.ContentItemId });

    /// <summary>Notes what a draft uses, so that those who may preview it see its files; readers' rows stay as they are.</summary>
    public Task SavedAsync(ContentItem item, DatabaseTransaction transaction) => WriteAsync(item, published: 0, transaction);

    /// <summary>
    /// Ends the files that only this item has ever used, in any version, and that no setting names: what its owner and editors have uploaded for it and
    /// what stands in its media fields. A file that it merely links to is somebody else's. Files go once that is committed.
    /// </summary>
    public async Task PurgingAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var attached = Paths(item.Parts, withLinks: false).Select(MediaAddress.Key).Distinct().ToList();
        var keys = await transaction.QueryAsync<string>(
            """
            select u.media_key from media_usage u left join media_files f on f.media_key = u.media_key
            where u.content_item_id = @ContentItemId
              and (f.media_key is null and u.media_key in @attached
                or f.uploaded_by = @Owner or f.uploaded_by in (select author from content_items where content_item_id = @ContentItemId))
              and not exists (select 1 from media_usage o where o.media_key = u.media_key and o.content_item_id <> u.content_item_id)
              and not exists (select 1 from site_settings s where instr(s.document, u.media_key) > 0)
            """,
            new { item.ContentItemId, item.Owner, attached });
        foreach (var key in keys)
        {
            await media.RemoveAsync(key, transaction);
            await transaction.ExecuteAsync("delete from media_files where media_key = @key", new { key });
            await transaction.ExecuteAsync("delete from media_usage where media_key = @key", new { key });
        }
        // A row that stays keeps its file from becoming anybody's.
        await transaction.ExecuteAsync(
            "delete from media_usage where content_item_id = @ContentItemId and media_key in (select media_key from media_usage where content_item_id <> @ContentItemId)", new { item.ContentItemId });
    }

    private static async Task WriteAsync(ContentItem item, int published, DatabaseTransaction transaction)
    {
        foreach (var key in Paths(item.Parts, withLinks: true).Select(MediaAddress.Key).Distinct())
            await transaction.ExecuteAsync(
                """
                insert into media_usage (media_key, content_item_id, published) values (@key, @ContentItemId, @published)
                on conflict (media_key, content_item_id) do update set published = case when excluded.published = 1 then 1 else media_usage.published end
                """,
                new { key, item.ContentItemId, published });
    }

    /// <summary>The media paths that an item names. A MediaField is known by its shape, so that fields of types that are not defined here count as well.</summary>
    public static IEnumerable<string> Paths(JsonNode? node, bool withLinks = true) => node switch
    {
        JsonObject members => members.SelectMany(m => (m.Key, m.Value) switch
        {
            ("Paths", JsonArray paths) => paths.Select(Text).OfType<string>(),
            ("Markdown" or "Html" or "Text", JsonValue value) when withLinks => Linked(Text(value) ?? ""),
            _ => Paths(m.Value, withLinks),
        }),
        JsonArray items => items.SelectMany(i => Paths(i, withLinks)),
        _ => [],
    };

    private static IEnumerable<string> Linked(string markdown) => Link().Matches(markdown).Select(m => Uri.UnescapeDataString(m.Groups[1].Value));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex("""/media/([^\s()<>"'?#]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
