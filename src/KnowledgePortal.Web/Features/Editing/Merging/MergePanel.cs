using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Editing.Versions;

namespace KnowledgePortal.Web.Features.Editing.Merging;

/// <summary>A field that somebody changed since both began, and which version of it is chosen.</summary>
/// <param name="Side">Who changed it.</param>
/// <param name="Base">What it said when both began.</param>
/// <param name="Theirs">How the saved version differs from that.</param>
/// <param name="Mine">How the boxes differ from that.</param>
/// <param name="Chosen">The value of the chosen button, see <see cref="MergeChoices"/>.</param>
public sealed record MergeField(MergeSide Side, Said Base, FieldDifference Theirs, FieldDifference Mine, string Chosen)
{
    public string Path => Mine.Path;

    public string Label => Mine.Label;
}

/// <summary>What the second of two editors is shown: every field that either changed, by who did.</summary>
/// <param name="Newer">What the other has saved, on which the form is based now.</param>
/// <param name="Common">Id of the version that both began from; null when it is not there any more.</param>
/// <param name="Fields">In the order of the form.</param>
public sealed record MergePanel(ContentItem Newer, string? Common, IReadOnlyList<MergeField> Fields)
{
    public IReadOnlyList<MergeField> Of(MergeSide side) => [.. Fields.Where(f => f.Side == side)];
}
