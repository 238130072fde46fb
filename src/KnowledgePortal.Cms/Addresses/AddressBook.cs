using System.Globalization;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Cms.Addresses;

/// <summary>Addresses of items: which are sound, which are free, which follow from a pattern, where a former one leads.</summary>
public sealed class AddressBook(Database database, AddressPattern patterns)
{
    /// <summary>Characters of the longest address.</summary>
    public const int Longest = 1024;

    private const string Forbidden = ":?#[]@!$&'()*+,.;=<>|%\\\"^`{}~";

    /// <summary>The character that an address must not hold, or null.</summary>
    public static char? WrongCharacter(string path) =>
        path.Cast<char?>().FirstOrDefault(c => Forbidden.Contains(c!.Value) || char.IsControl(c.Value) || char.IsWhiteSpace(c.Value));

    /// <summary>Whether an item can be reached by this address at all.</summary>
    public static bool IsSound(string path) =>
        path.Length is > 0 and <= Longest && WrongCharacter(path) is null && !path.Contains("//", StringComparison.Ordinal);

    /// <summary>The address that an item asks for, as it is looked up; empty when it asks for none.</summary>
    public static string Of(ContentItem item)
    {
        var part = item.As<AutoroutePart>();
        return part.Disabled ? "" : part.Path.Trim('/');
    }

    /// <summary>The published item, other than <paramref name="item"/>, that has the address; null when it is free.</summary>
    public static Task<string?> OwnerAsync(string path, ContentItem item, DatabaseTransaction transaction) => transaction.FirstAsync<string>(
        "select content_item_id from autoroute_index where path = @path and content_item_id <> @ContentItemId", new { path, item.ContentItemId });

    /// <summary>Gives an item without an address the one that the pattern of its type makes, or the next free one to it: <c>news-2</c>.</summary>
    public async Task CompleteAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.Parts["AutoroutePart"] is null || item.As<AutoroutePart>() is not { Path: "", Disabled: false }) return;
        var type = await ContentDefinitions.FindAsync(item.ContentType, transaction);
        if (LooseJson.Text(type?.Part("AutoroutePart")?.PartSettings["Pattern"]) is not { Length: > 0 } pattern) return;
        if (await EvaluateAsync(pattern, item, transaction) is { } path && IsSound(path)) item.Alter<AutoroutePart>(part => part.Path = path);
    }

    /// <summary>The free address that a pattern gives, or null when it gives none.</summary>
    public async Task<string?> EvaluateAsync(string pattern, ContentItem item, DatabaseTransaction transaction)
    {
        var container = AddressPattern.AsksForContainer(pattern) && item.As<ContainedPart>().ListContentItemId is { Length: > 0 } list
            ? await ContentRows.FindAsync(list, "published", transaction) ?? await ContentRows.FindAsync(list, "latest", transaction) : null;
        if (patterns.Evaluate(pattern, item, container) is not { } text) return null;
        var path = string.Join('/', text.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return path.Length is 0 or > Longest - 10 ? null : await FreeAsync(path, item, transaction);
    }

    /// <summary>The address itself, or with the first of -2, -4, -8 … that is free, then drawn near by halves: a name that ten thousand share costs few questions.</summary>
    public static async Task<string> FreeAsync(string path, ContentItem item, DatabaseTransaction transaction)
    {
        if (await IsFreeAsync(path)) return path;
        var (taken, free) = (1, 2);
        while (!await IsFreeAsync(Numbered(free))) (taken, free) = (free, free * 2);
        while (free - taken > 1)
        {
            var middle = taken + (free - taken) / 2;
            if (await IsFreeAsync(Numbered(middle))) free = middle;
            else taken = middle;
        }
        return Numbered(free);

        string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
        async Task<bool> IsFreeAsync(string candidate) => await OwnerAsync(candidate, item, transaction) is null;
    }

    /// <summary>Where the item or term is now that once had this address; null when nobody had it, or when <paramref name="viewers"/> do not see it.</summary>
    public Task<string?> RedirectAsync(string formerPath, ViewerTokens viewers) => database.FirstAsync<string>(
        $"""
        select i.path from autoroute_redirects r join autoroute_index i on i.content_item_id = r.content_item_id
        where r.path = @formerPath and i.path <> @formerPath and {ViewerTokens.See("i.content_item_id")}
        union all
        select t.path from autoroute_redirects r join term_index t on t.term_id = r.content_item_id where r.path = @formerPath and t.path not in (@formerPath, '')
        """,
        new { formerPath, viewers = viewers.Values });

    /// <summary>The id of the published item of a handle, <c>alias:main-menu</c> or <c>slug:about</c>; null when there is none.</summary>
    public Task<string?> FindAsync(string handle) => handle.Split(':', 2) switch
    {
        ["alias", var alias] => database.FirstAsync<string>("select content_item_id from alias_index where alias = @alias", new { alias }),
        ["slug", var path] => database.FirstAsync<string>("select content_item_id from autoroute_index where path = @path", new { path = path.Trim('/') }),
        _ => Task.FromResult<string?>(null),
    };
}
