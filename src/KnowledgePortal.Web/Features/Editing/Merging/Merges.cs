using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Versions;

namespace KnowledgePortal.Web.Features.Editing.Merging;

/// <summary>Merges what is typed with what somebody else has saved meanwhile, and puts it into words.</summary>
public sealed class Merges(VersionQueries versions)
{
    /// <summary>The merged version, with mine where both changed the same, and the panel that says so.</summary>
    public async Task<(ContentItem Merged, MergePanel Panel)> OfAsync(ContentItem? common, ContentItem mine, ContentItem theirs, Visitor visitor)
    {
        var merge = ContentMerge.Of(common?.Parts, mine.Parts, theirs.Parts);
        var merged = ContentItemJson.Read(ContentItemJson.Write(theirs));
        merged.Parts.Clear();
        foreach (var (name, value) in merge.Parts) merged.Parts[name] = value?.DeepClone();
        merged.DisplayText = merged.As<TitlePart>().Title;
        // Where both typed the same there is nothing to say.
        var members = merge.Members.Where(m => m.Side != MergeSide.Mine || !JsonNode.DeepEquals(m.Mine, m.Theirs));
        return (merged, await PanelAsync(members, common, mine, theirs, visitor, _ => MergeChoices.Boxes));
    }

    /// <summary>The panel again, for a form that is not saved yet: its boxes hold the merged version or what was typed since.</summary>
    public Task<MergePanel> AgainAsync(ContentItem? common, ContentItem boxes, ContentItem theirs, Visitor visitor, Func<string, string> chosen) =>
        PanelAsync(
            ContentMerge.Of(common?.Parts, boxes.Parts, theirs.Parts).Members
                .Select(m => m.Side == MergeSide.Mine && JsonNode.DeepEquals(m.Mine, m.Theirs) ? m with { Side = MergeSide.Theirs } : m),
            common, boxes, theirs, visitor, chosen);

    private async Task<MergePanel> PanelAsync(
        IEnumerable<MergedMember> members, ContentItem? common, ContentItem mine, ContentItem theirs, Visitor visitor, Func<string, string> chosen)
    {
        var words = await versions.WordsAsync([mine.Parts, theirs.Parts, .. common is null ? Enumerable.Empty<JsonObject>() : [common.Parts]], visitor);
        var type = mine.ContentType;
        var fields = members.OrderBy(m => words.Labels.Position(type, m.Part, m.Member)).Select(m =>
        {
            var (theirChange, myChange) = (words.Of(type, new ContentChange(m.Part, m.Member, m.Base, m.Theirs)), words.Of(type, new ContentChange(m.Part, m.Member, m.Base, m.Side == MergeSide.Both ? m.Merged : m.Mine)));
            // A bag, or a tree, is one entry of the form.
            var path = m.Member is BagPlan.Items or BagPlan.Terms or BagPlan.Entries ? m.Part : myChange.Path;
            return new MergeField(m.Side, words.Say(type, m.Part, m.Member, m.Base), theirChange with { Path = path }, myChange with { Path = path }, chosen(path));
        });
        return new MergePanel(theirs, common?.ContentItemVersionId, [.. fields]);
    }
}
