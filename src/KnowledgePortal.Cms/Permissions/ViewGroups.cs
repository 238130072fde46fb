using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Permissions;

/// <summary>Who may see an item once it is published, besides those whose permissions say so: everybody when the list is empty.</summary>
public sealed class ViewGroupsPart : ContentPart
{
    /// <summary>Names of groups; see <see cref="ViewGroups"/>.</summary>
    public IReadOnlyList<string> Groups { get => MemberTexts(); set => Set(new JsonArray([.. value])); }
}

/// <summary>
/// The groups that may see something. A group is <c>public</c>, <c>signed-in</c>, <c>community:</c> and the id of a community, <c>agency:</c> and the id of
/// a term, or <c>user:</c> and a user name.
/// </summary>
public sealed record ViewGroups
{
    /// <summary>Whoever comes.</summary>
    public const string Everybody = "public";

    /// <summary>Whoever has signed in.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Begins the groups of the members of a community.</summary>
    public const string Community = "community:";

    /// <summary>Begins the groups of those who work for an agency.</summary>
    public const string Agency = "agency:";

    /// <summary>Begins the groups of one person.</summary>
    public const string User = "user:";

    private ViewGroups(IEnumerable<string> names) => Names = [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Everybody may see it.</summary>
    public static ViewGroups Public { get; } = new([Everybody]);

    /// <summary>The names in their order; none is nobody.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether everybody may see it.</summary>
    public bool IsPublic => Names.Contains(Everybody);

    /// <summary>The groups that an item asks for itself. One that asks with names that mean nothing here is shown to nobody rather than to all.</summary>
    public static ViewGroups Of(ContentItem item) =>
        item.Parts[nameof(ViewGroupsPart)]?["Groups"] is JsonArray { Count: > 0 } ? Of(item.As<ViewGroupsPart>().Groups) : Public;

    /// <summary>Some groups by their names; what is no group is left out.</summary>
    public static ViewGroups Of(IEnumerable<string> names)
    {
        var known = names.Where(IsGroup).ToList();
        return known.Contains(Everybody) ? Public : new ViewGroups(known);
    }

    /// <summary>Whether a name is one of a group.</summary>
    public static bool IsGroup(string name) => name is Everybody or SignedIn || new[] { Community, Agency, User }.Any(kind => name.Length > kind.Length && name.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>The groups that are left for what lies in something that only <paramref name="container"/> may see. Whoever is in any narrower group has signed in.</summary>
    public ViewGroups Inside(ViewGroups container) =>
        container.IsPublic ? this : IsPublic ? container : new ViewGroups(Narrowed(this, container).Concat(Narrowed(container, this)));

    private static IEnumerable<string> Narrowed(ViewGroups groups, ViewGroups by) => groups.Names.Where(name => by.Names.Contains(name) || by.Names.Contains(SignedIn));

    /// <summary>As the index table keeps them.</summary>
    public static ViewGroups Read(string stored) => Of(stored.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As the index table keeps them.</summary>
    public override string ToString() => string.Join('\n', Names);
}
