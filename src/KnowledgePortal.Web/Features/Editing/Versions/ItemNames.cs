using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>What the ids in a version stand for: terms, items, files. What the reader may not see keeps its name to itself.</summary>
public sealed record ItemNames(IReadOnlyDictionary<string, string> Terms, IReadOnlyDictionary<string, string> Items, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>View groups.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    public const string Unnamed = "(รายการที่ท่านไม่มีสิทธิ์เห็น หรือไม่มีแล้ว)";

    public string Term(string id) => Terms.GetValueOrDefault(id, Unnamed);

    public string Item(string id) => Items.GetValueOrDefault(id, Unnamed);

    public string Group(string name) => Groups.GetValueOrDefault(name, Unnamed);

    public string File(string path) => Files.GetValueOrDefault(MediaAddress.Key(path), path[(path.LastIndexOf('/') + 1)..]);
}

/// <summary>Looks names up, for all of some versions at once.</summary>
public sealed class NameLookup(Database database, RolePermissions permissions)
{
    private const int MostIds = 5_000;

    public async Task<ItemNames> OfAsync(IEnumerable<JsonObject> versions, Visitor visitor)
    {
        var (terms, items, files) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        var groups = new HashSet<string>();
        foreach (var version in versions)
        {
            Collect(version, terms, items, files);
            if (version[nameof(ViewGroupsPart)]?["Groups"] is JsonArray names) groups.UnionWith(names.Select(n => n?.ToString()).OfType<string>().Take(Math.Max(0, MostIds - groups.Count)));
        }
        return new ItemNames(await TermsAsync(terms), await ItemsAsync(items, visitor), await FilesAsync([.. files.Select(MediaAddress.Key)]))
        {
            Groups = await GroupWords.OfAsync(database, groups, await permissions.ViewersAsync(visitor)),
        };
    }

    private static void Collect(JsonNode? node, HashSet<string> terms, HashSet<string> items, HashSet<string> files)
    {
        if (node is JsonArray array) foreach (var element in array) Collect(element, terms, items, files);
        if (node is not JsonObject json) return;
        foreach (var (name, value) in json)
        {
            var found = name switch { "TermContentItemIds" => terms, "ContentItemIds" => items, "Paths" => files, _ => null };
            if (found is not null && value is JsonArray ids) found.UnionWith(ids.Select(i => i?.ToString()).OfType<string>().Take(Math.Max(0, MostIds - found.Count)));
            else Collect(value, terms, items, files);
        }
    }

    private async Task<Dictionary<string, string>> TermsAsync(HashSet<string> ids) => ids.Count == 0 ? [] :
        (await database.QueryAsync<(string Id, string Title)>("select term_id, title from term_index where term_id in @ids", new { ids })).ToDictionary(t => t.Id, t => t.Title);

    private async Task<Dictionary<string, string>> ItemsAsync(HashSet<string> ids, Visitor visitor)
    {
        var names = new Dictionary<string, string>();
        if (ids.Count == 0) return names;
        var rows = await database.QueryAsync<(string Id, string Type, string? Owner, string Title, long IsSeen)>(
            $"""
            select i.content_item_id, i.content_type, i.owner, i.display_text, case when i.published = 1 and {ViewerTokens.See("i.content_item_id")} then 1 else 0 end
            from content_items i where i.content_item_id in @ids and (i.published = 1 or i.latest = 1) order by i.published desc
            """,
            new { ids, viewers = (await permissions.ViewersAsync(visitor)).Values });
        foreach (var row in rows)
            if (!names.ContainsKey(row.Id) && (row.IsSeen != 0 || await permissions.MayAsync(visitor, ContentAction.Preview, row.Type, row.Owner))) names[row.Id] = row.Title;
        return names;
    }

    private async Task<Dictionary<string, string>> FilesAsync(List<string> keys) => keys.Count == 0 ? [] :
        (await database.QueryAsync<(string Key, string Name)>("select media_key, file_name from media_files where media_key in @keys", new { keys })).ToDictionary(f => f.Key, f => f.Name);
}
