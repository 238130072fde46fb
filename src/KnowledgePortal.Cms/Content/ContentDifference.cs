using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Content;

/// <summary>One member of a part that differs between two versions: a field, a stock member such as <c>Title</c>, the rows of a bag.</summary>
/// <param name="Part">The key of the part in the item.</param>
/// <param name="Member">The member; empty when the part as a whole came, went or is no object.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is not there any more.</param>
public sealed record ContentChange(string Part, string Member, JsonNode? Before, JsonNode? After);

/// <summary>
/// Compares versions member by member, the grain at which people see differences and at which two editors' work is merged.
/// A member that is null counts as absent.
/// </summary>
public static class ContentDifference
{
    /// <summary>What changed, parts and members in the order of the newer version, then what is gone.</summary>
    public static IReadOnlyList<ContentChange> Between(JsonObject older, JsonObject newer)
    {
        var changes = new List<ContentChange>();
        foreach (var part in Names(newer, older))
        {
            var (before, after) = (older[part], newer[part]);
            if (AreEqual(before, after)) continue;
            if (before is null or JsonObject && after is JsonObject { Count: > 0 } into)
                changes.AddRange(Members(part, before as JsonObject ?? [], into));
            else changes.Add(new ContentChange(part, "", before, after));
        }
        return changes;
    }

    /// <summary>Makes the newer version of the older one.</summary>
    public static void Apply(IEnumerable<ContentChange> changes, JsonObject parts)
    {
        foreach (var change in changes) Set(parts, change.Part, change.Member, change.After);
    }

    internal static void Set(JsonObject parts, string part, string member, JsonNode? value)
    {
        if (member.Length > 0 && parts[part] is not JsonObject) parts[part] = new JsonObject();
        var (owner, name) = member.Length > 0 ? (parts[part]!.AsObject(), member) : (parts, part);
        if (value is null) owner.Remove(name);
        else owner[name] = value.DeepClone();
    }

    /// <summary>The value of a member; null when it is not there.</summary>
    public static JsonNode? Get(JsonObject parts, string part, string member) =>
        member.Length == 0 ? parts[part] : (parts[part] as JsonObject)?[member];

    internal static IEnumerable<string> Names(params ReadOnlySpan<JsonObject?> objects)
    {
        var names = new List<string>();
        var known = new HashSet<string>();
        foreach (var json in objects)
            if (json is not null) names.AddRange(json.Select(m => m.Key).Where(known.Add));
        return names;
    }

    // A number that was set in memory and one that was read may be held differently.
    internal static bool AreEqual(JsonNode? left, JsonNode? right) =>
        JsonNode.DeepEquals(left, right) || left is JsonValue && right is JsonValue && left.ToJsonString() == right.ToJsonString();

    private static IEnumerable<ContentChange> Members(string part, JsonObject older, JsonObject newer) =>
        Names(newer, older).Where(name => !AreEqual(older[name], newer[name])).Select(name => new ContentChange(part, name, older[name], newer[name]));
}
