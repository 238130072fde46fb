using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Content;

/// <summary>Who changed a member since the version that two people began from.</summary>
public enum MergeSide
{
    /// <summary>Only the one who saves now, or both in the same way.</summary>
    Mine,

    /// <summary>Only the one who has saved.</summary>
    Theirs,

    /// <summary>Both, each in another entry of one list; both stand in the merged version.</summary>
    Both,

    /// <summary>Both, differently: somebody has to choose.</summary>
    Conflict,
}

/// <summary>A member that somebody changed. <paramref name="Merged"/> is what the merged version holds; mine where there is a conflict.</summary>
public sealed record MergedMember(string Part, string Member, MergeSide Side, JsonNode? Base, JsonNode? Mine, JsonNode? Theirs, JsonNode? Merged);

/// <summary>Two versions that began from one, merged member by member.</summary>
/// <param name="Parts">The merged version.</param>
/// <param name="Members">What differs from the common version, in the order of mine.</param>
public sealed record ContentMerge(JsonObject Parts, IReadOnlyList<MergedMember> Members)
{
    /// <summary>Members that somebody has to choose.</summary>
    public IEnumerable<MergedMember> Conflicts => Members.Where(m => m.Side == MergeSide.Conflict);

    /// <param name="common">The version that both began from; null when it is not known, in which case every difference is a conflict.</param>
    /// <param name="mine">One side.</param>
    /// <param name="theirs">The other.</param>
    public static ContentMerge Of(JsonObject? common, JsonObject mine, JsonObject theirs)
    {
        var merge = new ContentMerge(mine.DeepClone().AsObject(), []);
        var members = new List<MergedMember>();
        foreach (var part in ContentDifference.Names(mine, theirs, common))
        {
            JsonNode?[] all = [mine[part], theirs[part], common?[part]];
            var names = all.All(n => n is null or JsonObject) ? ContentDifference.Names([.. all.Select(n => n as JsonObject)]) : [""];
            foreach (var name in names)
                if (Member(part, name, common, mine, theirs) is { } member) members.Add(member);
        }
        foreach (var member in members) ContentDifference.Set(merge.Parts, member.Part, member.Member, member.Merged);
        return merge with { Members = members };
    }

    private static MergedMember? Member(string part, string name, JsonObject? common, JsonObject mine, JsonObject theirs)
    {
        var (origin, left, right) = (common is null ? null : ContentDifference.Get(common, part, name), ContentDifference.Get(mine, part, name), ContentDifference.Get(theirs, part, name));
        if (ContentDifference.AreEqual(left, right)) return common is null || ContentDifference.AreEqual(origin, left) ? null : Made(MergeSide.Mine, left);
        if (common is not null && ContentDifference.AreEqual(origin, left)) return Made(MergeSide.Theirs, right);
        if (common is not null && ContentDifference.AreEqual(origin, right)) return Made(MergeSide.Mine, left);
        return common is not null && (origin ?? new JsonArray()) is JsonArray rows && left is JsonArray leftRows && right is JsonArray rightRows && RowMerge.Of(rows, leftRows, rightRows) is { } merged
            ? Made(MergeSide.Both, merged) : Made(MergeSide.Conflict, left);

        MergedMember Made(MergeSide side, JsonNode? value) => new(part, name, side, origin, left, right, value);
    }
}
