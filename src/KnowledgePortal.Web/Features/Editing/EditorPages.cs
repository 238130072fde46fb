using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Media;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes the page around a form: where the item stands and what the visitor may do with it.</summary>
public sealed class EditorPages(ItemQueries items, EditorAccess access, ListChildren lists, RolePermissions permissions)
{
    public Task<bool> ExistsAsync(string contentItemId) => items.ExistsAsync(contentItemId);

    /// <param name="item">The item with what could be read of the form.</param>
    /// <param name="stored">The latest version that is stored; null for a new item.</param>
    /// <param name="schema">The form.</param>
    /// <param name="typed">What stands in the boxes.</param>
    /// <param name="findings">What is wrong with it.</param>
    /// <param name="visitor">Who.</param>
    /// <param name="basedOn">The version on which the form goes on to be based; by default the stored one.</param>
    /// <param name="newer">What somebody else has saved meanwhile.</param>
    /// <param name="shown">The path of the Markdown to show.</param>
    public async Task<EditorPage> OfAsync(
        ContentItem item, ContentItem? stored, FormSchema schema, TypedForm typed, FormFindings findings, Visitor visitor,
        ContentVersion? basedOn = null, ContentItem? newer = null, string? shown = null) => new()
        {
            Item = item, Type = schema.Type, Schema = schema, Problems = findings.Problems, Newer = newer,
            Sections = EditorForms.Sections(schema, typed, findings, newer, shown),
            Version = basedOn ?? (stored is null ? null : ContentVersion.Of(stored)),
            State = stored is null ? ItemState.Draft : await items.StateAsync(stored),
            PublicPath = stored is null ? null : await items.PathAsync(stored),
            MayPublish = await access.MayAsync(visitor, ContentAction.Publish, item),
            MayDelete = stored is not null && await access.MayAsync(visitor, ContentAction.Delete, item),
            Children = stored is null ? null : await lists.OfAsync(stored, visitor),
            ListId = stored is null ? (item.Parts["ContainedPart"] as System.Text.Json.Nodes.JsonObject)?["ListContentItemId"]?.ToString() : null,
            MayUpload = await permissions.HasAsync(visitor, TakesUploadsAttribute.Permission),
        };
}
