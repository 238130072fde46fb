using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Media;

/// <summary>Keeps <c>media_usage</c>: which items show which files, and whether readers see those items.</summary>
public sealed partial class MediaUsage : IContentHandler
{
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        await WriteAsync(item, published: 1, transaction);
    }

    public Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("update media_usage set published = 0 where content_item_id = @ContentItemId", new { item.ContentItemId });

    /// <summary>Notes what a draft uses, so that those who may preview it see its files; readers' rows stay as they are.</summary>
    public static Task SavedAsync(ContentItem item, DatabaseTransaction transaction) => WriteAsync(item, published: 0, transaction);

    private static async Task WriteAsync(ContentItem item, int published, DatabaseTransaction transaction)
    {
        foreach (var key in Paths(item.Parts).Select(MediaAddress.Key).Distinct())
            await transaction.ExecuteAsync(
                """
                insert into media_usage (media_key, content_item_id, published) values (@key, @ContentItemId, @published)
                on conflict (media_key, content_item_id) do update set published = max(published, excluded.published)
                """,
                new { key, item.ContentItemId, published });
    }

    /// <summary>The media paths that an item names. A MediaField is known by its shape, so that fields of types that are not defined here count as well.</summary>
    public static IEnumerable<string> Paths(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => (m.Key, m.Value) switch
        {
            ("Paths", JsonArray paths) => paths.Select(Text).OfType<string>(),
            ("Markdown" or "Html", JsonValue value) => Linked(Text(value) ?? ""),
            _ => Paths(m.Value),
        }),
        JsonArray items => items.SelectMany(Paths),
        _ => [],
    };

    private static IEnumerable<string> Linked(string markdown) => Link().Matches(markdown).Select(m => Uri.UnescapeDataString(m.Groups[1].Value));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex("""/media/([^\s()<>"'?#]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
