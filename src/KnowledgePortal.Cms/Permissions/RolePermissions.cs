using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Permissions;

/// <summary>What may be done with content, from the weakest right to the strongest; each includes those before it.</summary>
public enum ContentAction
{
    /// <summary>See the published version.</summary>
    View,

    /// <summary>See drafts.</summary>
    Preview,

    /// <summary>Change drafts.</summary>
    Edit,

    /// <summary>Publish and withdraw.</summary>
    Publish,

    /// <summary>Remove.</summary>
    Delete,
}

/// <summary>Who asks: an account's name and roles; nobody signed in has neither.</summary>
/// <param name="Name">User name; null when nobody is signed in.</param>
/// <param name="Roles">Names of roles.</param>
public sealed record Visitor(string? Name, IReadOnlyCollection<string> Roles)
{
    /// <summary>Somebody who is not signed in.</summary>
    public static Visitor Anonymous { get; } = new(null, []);
}

/// <summary>The one function that answers whether somebody may do something. Permission names are Orchard's, granted to roles by recipes.</summary>
public sealed class RolePermissions(SiteSettings settings, TimeProvider clock)
{
    /// <summary>The role that may do everything and has no stored permissions.</summary>
    public const string Administrator = "Administrator";

    // Those that are about no content; the features ask for them by name.
    private static readonly HashSet<string> Plain =
        ["AccessAdminPanel", "ManageUsers", "ManageSettings", "ManageTaxonomies", "ManageOwnMediaContent", "ManageMediaContent", "ViewAuditTrail", "QueryIndex_Search", "ListContent"];

    private static readonly string[] Verbs = ["View", "Preview", "Edit", "Publish", "Delete", "Clone", "ListContent", "EditContentOwner"];

    private const string Anonymous = "Anonymous";
    private const string Authenticated = "Authenticated";
    // Roles that another process changed (a recipe, another node) count after this long.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private volatile Granted? _granted;

    /// <summary>May <paramref name="visitor"/> do this with content of a type?</summary>
    /// <param name="visitor">Who.</param>
    /// <param name="action">What.</param>
    /// <param name="contentType">With which type.</param>
    /// <param name="owner">The item's owner; null for "any item of the type".</param>
    public async Task<bool> MayAsync(Visitor visitor, ContentAction action, string contentType, string? owner = null)
    {
        var isOwn = owner is not null && visitor.Name is not null && owner == visitor.Name;
        return await AnyAsync(visitor, Sufficient(action).SelectMany(verb => Names(verb, contentType, isOwn)));
    }

    /// <summary>Does a role of <paramref name="visitor"/> carry a permission that is about no content, such as <c>ManageUsers</c>?</summary>
    public Task<bool> HasAsync(Visitor visitor, string permission) => AnyAsync(visitor, [permission]);

    /// <summary>Whether the name is one that the site knows: of its own, or of Orchard's about content in general or one type.</summary>
    public static bool IsKnown(string permission) => Plain.Contains(permission) || Verbs.Any(verb =>
        permission == $"{verb}Content" || permission == $"{verb}OwnContent"
        || permission.StartsWith($"{verb}_", StringComparison.Ordinal) || permission.StartsWith($"{verb}Own_", StringComparison.Ordinal));

    /// <summary>Forgets what was read; call after roles change.</summary>
    public void Reload() => _granted = null;

    // Publishing includes editing, editing includes seeing drafts. Removing is its own right and includes none.
    private static IEnumerable<string> Sufficient(ContentAction action) => action switch
    {
        ContentAction.Delete => ["Delete"],
        _ => Enum.GetValues<ContentAction>().Where(a => a >= action && a != ContentAction.Delete).Select(a => a.ToString()),
    };

    private static IEnumerable<string> Names(string verb, string contentType, bool isOwn)
    {
        yield return $"{verb}Content";
        yield return $"{verb}_{contentType}";
        if (!isOwn) yield break;
        yield return $"{verb}OwnContent";
        yield return $"{verb}Own_{contentType}";
    }

    private async Task<bool> AnyAsync(Visitor visitor, IEnumerable<string> permissions)
    {
        if (visitor.Roles.Contains(Administrator)) return true;
        if (_granted is not { } granted || clock.GetElapsedTime(granted.ReadAt) > Kept) _granted = granted = new Granted(await ReadAsync(), clock.GetTimestamp());
        string[] implied = visitor.Name is null ? [Anonymous] : [Anonymous, Authenticated];
        var held = visitor.Roles.Concat(implied).Select(granted.Roles.GetValueOrDefault).OfType<HashSet<string>>().ToList();
        return permissions.Any(permission => held.Any(role => role.Contains(permission)));
    }

    private sealed record Granted(Dictionary<string, HashSet<string>> Roles, long ReadAt);

    private async Task<Dictionary<string, HashSet<string>>> ReadAsync()
    {
        var roles = new Dictionary<string, HashSet<string>>();
        foreach (var (name, role) in await settings.WithPrefixAsync(SiteSettings.RolePrefix))
            roles[name] = role?["Permissions"] is JsonArray permissions ? [.. permissions.Select(p => p!.ToString())] : [];
        // As on an Orchard site: readers see what is published until a recipe says otherwise.
        roles.TryAdd(Anonymous, ["ViewContent"]);
        return roles;
    }
}
