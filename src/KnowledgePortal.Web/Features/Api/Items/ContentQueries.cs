using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>A page of items, and the address of the next one.</summary>
public sealed record ContentPage(IReadOnlyList<ContentItem> Items, string? Next);

/// <summary>
/// Lists items by type, by fields of the type and by envelope. Names come from the definition or from a list here and never from the request; values are
/// parameters. Pages go on after the last row, so that nothing is listed twice or left out while others write.
/// </summary>
public sealed class ContentQueries(Database database, ContentDefinitions definitions, ContentSight sight)
{
    public const int MostItems = 100;
    private const int FewItems = 20;
    private const int LongestCursor = 1000;
    private static readonly string[] Reserved = ["type", "version", "sort", "limit", "cursor", "term"];

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["published"] = "coalesce(i.published_utc, '')", ["modified"] = "coalesce(i.modified_utc, '')", ["created"] = "coalesce(i.created_utc, '')", ["title"] = "i.display_text",
    };

    public async Task<ContentPage> RunAsync(ClaimsPrincipal user, IQueryCollection asked)
    {
        ContentSight.RequireScope(user, ApiScopes.Read);
        var version = Version(One(asked, "version"));
        var limit = Limit(One(asked, "limit"));
        var sort = One(asked, "sort") is { Length: > 0 } named ? named : version == VersionOptions.Latest ? "-modified" : "-published";
        if (!Columns.TryGetValue(sort.TrimStart('-'), out var column)) throw Refuse("sort", $"ใช้ {string.Join(", ", Columns.Keys)} มี - นำหน้าคือจากมากไปน้อย", $"is one of {string.Join(", ", Columns.Keys)}, with - in front for descending");
        var isDescending = sort.StartsWith('-');

        var seen = await sight.OfListsAsync(user, version);
        var parameters = new DynamicParameters(seen.Parameters);
        parameters.Add("count", limit + 1);
        var where = new List<string> { seen.Condition };
        var filters = new ContentFilters(parameters, where, Columns);
        ContentTypeDefinition? type = null;
        if (One(asked, "type") is { Length: > 0 } typeName)
        {
            type = await definitions.FindAsync(typeName) ?? throw Refuse("type", "ไม่มีชนิดเนื้อหานี้", "there is no such content type");
            filters.Add("i.content_type = {0}", type.Name);
        }
        if (One(asked, "term") is { Length: > 0 } term) filters.AddTerm(term);
        foreach (var (name, values) in asked.Where(a => !Reserved.Contains(a.Key)))
            foreach (var value in values) filters.Add(name, value ?? "", type);
        if (One(asked, "cursor") is { Length: > 0 } cursor) AddCursor(cursor, sort, column, isDescending, filters);

        var (direction, way) = isDescending ? ("desc", "desc") : ("asc", "asc");
        var rows = await database.QueryAsync<(string Document, string Key)>(
            $"select i.document, {column} as sort_key from content_items i where {string.Join(" and ", where)} order by {column} {direction}, i.content_item_id {way} limit @count", parameters);
        var items = rows.Take(limit).Select(r => ContentItemJson.Read(JsonNode.Parse(r.Document)!.AsObject())).ToList();
        return new ContentPage(items, rows.Count > limit ? Next(asked, new Cursor(sort, rows[limit - 1].Key, items[^1].ContentItemId)) : null);
    }

    public static VersionOptions Version(string? version) => version switch
    {
        null or "" or "published" => VersionOptions.Published,
        "latest" => VersionOptions.Latest,
        _ => throw Refuse("version", "ใช้ published หรือ latest", "is published or latest"),
    };

    internal static ApiRefusal Refuse(string name, string thai, string english) => new(new ApiProblem(ProblemKind.Malformed, null, new FieldFault(name, new(thai, english))));

    private static string? One(IQueryCollection asked, string name) => asked[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => one.ToString(),
        _ => throw Refuse(name, "ให้ค่าได้ค่าเดียว", "takes one value"),
    };

    private static int Limit(string? text) => text is null ? FewItems
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostItems ? limit
        : throw Refuse("limit", $"เป็นตัวเลข 1 ถึง {MostItems}", $"is a number from 1 to {MostItems}");

    private static void AddCursor(string text, string sort, string column, bool isDescending, ContentFilters filters)
    {
        if (Cursor.Read(text) is not { } cursor || cursor.Sort != sort) throw Refuse("cursor", "ใช้ค่าที่อยู่ใน next ของหน้าก่อน โดยไม่เปลี่ยน sort", "is what next of the page before holds, with the same sort");
        var beyond = isDescending ? "<" : ">";
        filters.Add($"({column} {beyond} {{0}} or {column} = {{0}} and i.content_item_id {beyond} {{1}})", cursor.Key, cursor.Id);
    }

    private static string Next(IQueryCollection asked, Cursor cursor) => "/api/v1/content?" + string.Join('&', asked.Where(a => a.Key != "cursor")
        .SelectMany(a => a.Value.Select(v => $"{Uri.EscapeDataString(a.Key)}={Uri.EscapeDataString(v ?? "")}")).Append($"cursor={cursor.Write()}"));

    private sealed record Cursor(string Sort, string Key, string Id)
    {
        public string Write() => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Sort, Key, Id }));

        public static Cursor? Read(string text)
        {
            if (text.Length > LongestCursor) return null;
            try
            {
                return JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text))) is [{ } sort, { } key, { } id] ? new Cursor(sort, key, id) : null;
            }
            catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
            {
                return null;
            }
        }
    }
}
