using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>A version as lists show it.</summary>
public sealed record VersionRow
{
    public long Id { get; init; }
    public string ContentItemVersionId { get; init; } = "";
    public string Title { get; init; } = "";
    public string? Author { get; init; }
    public string? ModifiedUtc { get; init; }
    public string? PublishedUtc { get; init; }
    public bool Latest { get; init; }

    /// <summary>Readers see it.</summary>
    public bool Published { get; init; }

    /// <summary>Readers have seen it.</summary>
    public bool WasPublished { get; init; }
}

/// <summary>Reads the versions of an item, newest first.</summary>
public sealed class VersionQueries(Database database, ContentDefinitions definitions, NameLookup names, TextDifference texts)
{
    public const int PageSize = 20;

    private const string Row = "id, content_item_version_id, display_text as title, author, modified_utc, published_utc, latest, published, was_published";

    public Task<long> CountAsync(string contentItemId) =>
        database.FirstAsync<long>("select count(*) from content_items where content_item_id = @contentItemId", new { contentItemId });

    /// <summary>A page of versions with their content, and the one before its last, with which that is compared.</summary>
    public async Task<IReadOnlyList<(VersionRow Row, JsonObject Parts)>> PageAsync(string contentItemId, int page)
    {
        var rows = await database.QueryAsync<VersionRow>(
            $"select {Row} from content_items where content_item_id = @contentItemId order by id desc limit @count offset @skip", new { contentItemId, count = PageSize + 1, skip = (page - 1) * PageSize });
        var ids = rows.Select(r => r.Id).ToList();
        var documents = (await database.QueryAsync<(long Id, string Document)>("select id, document from content_items where id in @ids", new { ids })).ToDictionary(d => d.Id, d => d.Document);
        return [.. rows.Select(r => (r, Read(documents[r.Id])))];
    }

    /// <summary>One version; null when the item has none of this id.</summary>
    public async Task<(VersionRow Row, JsonObject Parts)?> FindAsync(string contentItemId, string versionId)
    {
        var row = await database.FirstAsync<VersionRow>($"select {Row} from content_items where content_item_id = @contentItemId and content_item_version_id = @versionId", new { contentItemId, versionId });
        return row is null ? null : (row, await ReadAsync(row));
    }

    /// <summary>The version that was saved before; null for the first.</summary>
    public async Task<(VersionRow Row, JsonObject Parts)?> BeforeAsync(string contentItemId, VersionRow version)
    {
        var row = await database.FirstAsync<VersionRow>($"select {Row} from content_items where content_item_id = @contentItemId and id < @Id order by id desc limit 1", new { contentItemId, version.Id });
        return row is null ? null : (row, await ReadAsync(row));
    }

    /// <summary>What puts the difference of these versions into words.</summary>
    public async Task<VersionWords> WordsAsync(IEnumerable<JsonObject> versions, Visitor visitor) =>
        new(new FieldLabels(await definitions.AllAsync()), await names.OfAsync(versions, visitor), texts);

    private async Task<JsonObject> ReadAsync(VersionRow row) => Read((await database.FirstAsync<string>("select document from content_items where id = @Id", new { row.Id }))!);

    private static JsonObject Read(string document) => ContentItemJson.Read(JsonNode.Parse(document)!.AsObject()).Parts;
}
