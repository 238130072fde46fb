using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Merging;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes the page around a form: where the item stands and what the visitor may do with it.</summary>
public sealed class EditorPages(ItemQueries items, EditorAccess access, ListChildren lists, FormChoices choices, RolePermissions permissions, Merges merges, TimeProvider clock)
{
    public Task<bool> ExistsAsync(string contentItemId) => items.ExistsAsync(contentItemId);

    /// <param name="item">The item with what could be read of the form.</param>
    /// <param name="stored">The latest version that is stored; null for a new item.</param>
    /// <param name="schema">The form.</param>
    /// <param name="typed">What stands in the boxes.</param>
    /// <param name="findings">What is wrong with it.</param>
    /// <param name="visitor">Who.</param>
    /// <param name="basedOn">The version on which the form goes on to be based; by default the stored one.</param>
    /// <param name="shown">The path of the Markdown to show.</param>
    public async Task<EditorPage> OfAsync(
        ContentItem item, ContentItem? stored, FormSchema schema, TypedForm typed, FormFindings findings, Visitor visitor,
        ContentVersion? basedOn = null, string? shown = null) => new()
        {
            Item = item, Type = schema.Type, Schema = schema, Problems = findings.Problems,
            Sections = EditorForms.Sections(schema, typed, findings, shown),
            Version = basedOn ?? (stored is null ? null : ContentVersion.Of(stored)),
            State = stored is null ? ItemState.Draft : await items.StateAsync(stored),
            PublishAt = stored is null or { Published: true } ? null : ScheduledTimes.PublishAt(stored),
            IsOverdue = stored is { Published: false } && ScheduledTimes.PublishAt(stored) < clock.GetUtcNow().UtcDateTime.AddMinutes(-1),
            ArchiveAt = stored is null ? null : await items.ArchiveAtAsync(stored),
            PublicPath = stored is null ? null : await items.PathAsync(stored),
            MayPublish = await access.MayAsync(visitor, ContentAction.Publish, item),
            MayDelete = stored is not null && await access.MayAsync(visitor, ContentAction.Delete, item),
            Children = stored is null ? null : await lists.OfAsync(stored, visitor),
            ListId = stored is null ? (item.Parts["ContainedPart"] as System.Text.Json.Nodes.JsonObject)?["ListContentItemId"]?.ToString() : null,
            MayUpload = await permissions.HasAsync(visitor, TakesUploadsAttribute.Permission),
        };

    /// <summary>The form with what is typed merged with what somebody else has saved meanwhile, on which it is based from now on.</summary>
    /// <param name="common">The version that both began from; null when it is not there any more.</param>
    /// <param name="mine">What is typed.</param>
    /// <param name="newer">What is stored.</param>
    /// <param name="schema">The form.</param>
    /// <param name="findings">What is wrong with it.</param>
    /// <param name="visitor">Who.</param>
    public async Task<EditorPage> MergedAsync(ContentItem? common, ContentItem mine, ContentItem newer, FormSchema schema, FormFindings findings, Visitor visitor)
    {
        var (merged, panel) = await merges.OfAsync(common, mine, newer, visitor);
        var typed = schema.Fill(merged);
        var page = await OfAsync(merged, newer, await choices.CompleteAsync(schema, typed, visitor), typed, findings, visitor);
        return page with { Merge = panel };
    }

    /// <summary>A page that goes on with a merge: its boxes hold what was typed since, its buttons what was chosen.</summary>
    public async Task<EditorPage> MergingAsync(EditorPage page, ContentItem? common, ContentItem boxes, ContentItem newer, Visitor visitor, Func<string, string> chosen) =>
        page with { Merge = await merges.AgainAsync(common, boxes, newer, visitor, chosen) };
}
