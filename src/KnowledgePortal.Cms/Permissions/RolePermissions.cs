using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;

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

    /// <summary>The communities and agencies that the person belongs to, as view groups name them.</summary>
    public IReadOnlyCollection<string> Memberships { get; init; } = [];

    /// <summary>Every view group that the visitor is in.</summary>
    public IEnumerable<string> Groups =>
        Name is null ? [ViewGroups.Everybody] : [ViewGroups.Everybody, ViewGroups.SignedIn, ViewGroups.User + Name, .. Memberships];
}

/// <summary>The one function that answers whether somebody may do something. Permission names are Orchard's, granted to roles by recipes.</summary>
public sealed class RolePermissions(SiteSettings settings, ContentDefinitions definitions, Database database, TimeProvider clock)
{
    /// <summary>The role that may do everything and has no stored permissions.</summary>
    public const string Administrator = "Administrator";

    /// <summary>The permissions that are about no content; the features ask for them by name.</summary>
    public static readonly IReadOnlyList<string> General =
        ["AccessAdminPanel", "ManageUsers", "ManageRoles", "EditContentTypes", "ManageSettings", "ManageTaxonomies", "ManageOwnMediaContent", "ManageMediaContent", "ViewAuditTrail", "QueryIndex_Search", "ListContent"];

    private static readonly string[] Verbs = ["View", "Preview", "Edit", "Publish", "Delete", "Clone", "ListContent", "EditContentOwner"];

    /// <summary>The role of whoever comes.</summary>
    public const string Anonymous = "Anonymous";

    /// <summary>The role of whoever has signed in.</summary>
    public const string Authenticated = "Authenticated";

    // Whoever is not told of what other processes change, such as an operator's command, reads again after this long.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private volatile Granted? _granted;
    private volatile bool _isWatched;
    private long _changes;

    /// <summary>
    /// May <paramref name="visitor"/> do this with content of a type? To view means here to view what the view groups of an item allow; one item is asked
    /// for with <see cref="MaySeeAsync"/>.
    /// </summary>
    /// <param name="visitor">Who.</param>
    /// <param name="action">What.</param>
    /// <param name="contentType">With which type.</param>
    /// <param name="owner">The item's owner; null for "any item of the type".</param>
    public async Task<bool> MayAsync(Visitor visitor, ContentAction action, string contentType, string? owner = null)
    {
        var held = await HeldAsync(visitor);
        var isOwn = owner is not null && visitor.Name is not null && owner == visitor.Name;
        return held.May(action, contentType) || isOwn && held.MayOwn(action, contentType);
    }

    /// <summary>The tokens by which <paramref name="visitor"/> sees published content. Roles change them at once: nothing about roles is stored beside items.</summary>
    public async Task<ViewerTokens> ViewersAsync(Visitor visitor) => (await HeldAsync(visitor)).Tokens(visitor);

    /// <summary>May <paramref name="visitor"/> see this published item? One that is not published is not there to be seen.</summary>
    public async Task<bool> MaySeeAsync(Visitor visitor, string contentItemId) => await database.FirstAsync<long>(
        $"select count(*) from content_items i where i.content_item_id = @contentItemId and i.published = 1 and {ViewerTokens.See("i.content_item_id")}",
        new { contentItemId, viewers = (await ViewersAsync(visitor)).Values }) > 0;

    /// <summary>Does a role of <paramref name="visitor"/> carry a permission that is about no content, such as <c>ManageUsers</c>?</summary>
    public async Task<bool> HasAsync(Visitor visitor, string permission) => (await HeldAsync(visitor)).Has(permission);

    /// <summary>Whether the name is one that the site knows: of its own, or of Orchard's about content in general or one type.</summary>
    public static bool IsKnown(string permission) => General.Contains(permission) || Verbs.Any(verb =>
        permission == $"{verb}Content" || permission == $"{verb}OwnContent"
        || permission.StartsWith($"{verb}_", StringComparison.Ordinal) || permission.StartsWith($"{verb}Own_", StringComparison.Ordinal));

    /// <summary>What a role with these permissions may do with content, alone.</summary>
    public async Task<HeldPermissions> OfRoleAsync(IEnumerable<string> names) => new(false, [names.ToHashSet()], await definitions.SecurableAsync());

    /// <summary>Forgets what was read, and what is being read; call after roles change.</summary>
    public void Reload() => Interlocked.Increment(ref _changes);

    /// <summary>Promises to <see cref="Reload"/> after what other processes change as well: what was read is kept until then.</summary>
    public void Watch() => _isWatched = true;

    private async Task<HeldPermissions> HeldAsync(Visitor visitor)
    {
        // Asked before reading: what changes meanwhile makes the next one read again.
        var changes = Interlocked.Read(ref _changes);
        if (_granted is not { } granted || granted.Changes != changes || !_isWatched && clock.GetElapsedTime(granted.ReadAt) > Kept)
        {
            granted = await ReadAsync(changes);
            if (!database.IsReadThrough) _granted = granted;
        }
        string[] implied = visitor.Name is null ? [Anonymous] : [Anonymous, Authenticated];
        return new HeldPermissions(
            visitor.Roles.Contains(Administrator), [.. visitor.Roles.Concat(implied).Select(granted.Roles.GetValueOrDefault).OfType<HashSet<string>>()], granted.Securable);
    }

    private sealed record Granted(Dictionary<string, HashSet<string>> Roles, IReadOnlySet<string> Securable, long ReadAt, long Changes);

    private async Task<Granted> ReadAsync(long changes)
    {
        var readAt = clock.GetTimestamp();
        var roles = new Dictionary<string, HashSet<string>>();
        foreach (var (name, role) in await settings.WithPrefixAsync(SiteSettings.RolePrefix))
            roles[name] = role?["Permissions"] is JsonArray permissions ? [.. permissions.Select(p => p!.ToString())] : [];
        // As on an Orchard site: readers see what is published until a recipe says otherwise.
        roles.TryAdd(Anonymous, ["ViewContent"]);
        return new Granted(roles, await definitions.SecurableAsync(), readAt, changes);
    }
}
