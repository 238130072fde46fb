namespace KnowledgePortal.Web.Features.Editing.Merging;

/// <summary>
/// What somebody chose of two versions: a button for each field, named <c>choice:</c> and the field's path. What stands in the boxes is his own, so a
/// choice of another version is put into the boxes before the form is read.
/// </summary>
public static class MergeChoices
{
    public const string Prefix = "choice:";
    public const string Boxes = "boxes";
    public const string Theirs = "theirs";
    public const string Base = "base";

    /// <summary>Hidden: the id of the version that both began from.</summary>
    public const string Common = "common";

    /// <summary>Presses for a whole version.</summary>
    public const string WholeMine = "take:mine";
    public const string WholeTheirs = "take:theirs";

    /// <summary>The chosen version of a field.</summary>
    public static string Of(IFormCollection posted, string path) => posted[Prefix + path].ToString() is Theirs or Base ? posted[Prefix + path].ToString() : Boxes;

    /// <summary>Puts what was chosen into the boxes.</summary>
    /// <param name="posted">The form.</param>
    /// <param name="typed">Its boxes.</param>
    /// <param name="theirs">The version on which the form is based.</param>
    /// <param name="common">The version that both began from; null when it is not there any more.</param>
    public static void Apply(IFormCollection posted, TypedForm typed, TypedForm theirs, TypedForm? common)
    {
        foreach (var name in posted.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = name[Prefix.Length..];
            var chosen = Of(posted, path);
            if (chosen == Theirs) typed.Take(path, theirs);
            else if (chosen == Base && common is not null) typed.Take(path, common);
        }
    }

    /// <summary>Puts what the other changed, and the boxes have taken over, back to what it was.</summary>
    public static void TakeBack(TypedForm typed, FormSchema schema, TypedForm theirs, TypedForm common)
    {
        foreach (var path in schema.Fields.Select(f => f.Path).Concat(schema.Bags.Select(b => b.Name)))
            if (typed.IsSame(path, theirs)) typed.Take(path, common);
    }
}
