using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Sections of the site's settings, as recipes wrote them.</summary>
public sealed class SiteSettings(Database database)
{
    /// <summary>Begins the names of roles.</summary>
    public const string RolePrefix = "role:";

    /// <summary>The features that recipes have asked for, built in or not.</summary>
    public const string Features = "site:features";

    /// <summary>The themes that recipes have asked for: <c>{site, admin}</c>.</summary>
    public const string Themes = "site:themes";

    private const string SearchGeneration = "SearchGeneration";

    /// <summary>A name that the site uses for itself, which no recipe's settings may take.</summary>
    public static bool IsOwn(string name) => name.Contains(':') || name.Equals(SearchGeneration, StringComparison.OrdinalIgnoreCase);

    /// <summary>A section, or null when no recipe has set it.</summary>
    public async Task<JsonNode?> GetAsync(string name)
    {
        var document = await database.FirstAsync<string>("select document from site_settings where name = @name", new { name });
        return document is null ? null : JsonNode.Parse(document);
    }

    /// <summary>False before the first recipe has run: every recipe leaves at least a section or a definition.</summary>
    public Task<bool> HasAnythingAsync() => database.FirstAsync<bool>(Anything);

    /// <summary>The same, as the transaction sees it.</summary>
    public static Task<bool> HasAnythingAsync(DatabaseTransaction transaction) => transaction.FirstAsync<bool>(Anything);

    private const string Anything = "select exists (select 1 from site_settings) or exists (select 1 from content_type_definitions) or exists (select 1 from content_items)";

    /// <summary>All sections whose name begins so; the names come without the prefix.</summary>
    public async Task<IReadOnlyDictionary<string, JsonNode?>> WithPrefixAsync(string prefix) =>
        (await database.QueryAsync<(string Name, string Document)>(
            "select name, document from site_settings where substr(name, 1, @length) = @prefix order by name", new { prefix, length = prefix.Length }))
        .ToDictionary(s => s.Name[prefix.Length..], s => JsonNode.Parse(s.Document));

    /// <summary>A section as the transaction sees it, or null.</summary>
    public static async Task<JsonNode?> GetAsync(string name, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>("select document from site_settings where name = @name", new { name });
        return document is null ? null : JsonNode.Parse(document);
    }

    /// <summary>Sets a section, in the caller's transaction.</summary>
    /// <returns>False when it was so already.</returns>
    public static async Task<bool> WriteAsync(string name, JsonNode? value, DatabaseTransaction transaction) => await transaction.ExecuteAsync(
        """
        insert into site_settings (name, document) values (@name, @document)
        on conflict (name) do update set document = excluded.document where site_settings.document <> excluded.document
        """,
        new { name, document = value?.ToJsonString(JsonText.Options) ?? "null" }) > 0;
}
