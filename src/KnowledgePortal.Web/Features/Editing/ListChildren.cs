using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What lies in the list of an item, and what can be made new in it.</summary>
public sealed record ChildList(string Label, IReadOnlyList<ItemRow> Items, long Total, IReadOnlyList<ContentTypeDefinition> Creatable);

/// <summary>Lists in the form of the item that holds them; items join a list when they are made in it.</summary>
public sealed class ListChildren(Database database, ContentDefinitions definitions, RolePermissions permissions, EditorAccess access)
{
    private const int MostShown = 50;
    private const string InList = "json_extract(i.document, '$.ContainedPart.ListContentItemId') = @ContentItemId and i.latest = 1";

    // Of types whose drafts somebody may see everything; of others what he may see of what is published, and his own.
    private static readonly string Seen = $"(i.content_type in @open or i.owner = @Name or {ViewerTokens.See("i.content_item_id")})";

    /// <summary>Null for an item that is no list.</summary>
    public async Task<ChildList?> OfAsync(ContentItem item, Visitor visitor)
    {
        if (await ListAsync(item) is not { } part) return null;
        var creatable = await CreatableAsync(part, visitor);
        var open = new List<string>();
        foreach (var type in (await definitions.AllAsync()).Keys)
            if (await permissions.MayAsync(visitor, ContentAction.Preview, type)) open.Add(type);
        var parameters = new { item.ContentItemId, MostShown, open, visitor.Name, viewers = (await permissions.ViewersAsync(visitor)).Values };
        var rows = await database.QueryAsync<ItemRow>(
            $"""
            select i.content_item_id, i.content_type, i.display_text as title, i.owner, i.author, i.modified_utc, i.published as latest_is_published,
              exists (select 1 from content_items p where p.content_item_id = i.content_item_id and p.published = 1) as has_published
            from content_items i where {InList} and {Seen}
            order by length(json_extract(i.document, '$.ContainedPart.Order')), json_extract(i.document, '$.ContainedPart.Order'), i.created_utc desc nulls last limit @MostShown
            """,
            parameters);
        var total = await database.FirstAsync<long>($"select count(*) from content_items i where {InList} and {Seen}", parameters);
        return new ChildList(part.DisplayName == "ListPart" ? "รายการในนี้" : part.DisplayName, rows, total, creatable);
    }

    /// <summary>Puts a new item into a list; false when the visitor may not, or the list takes no such items.</summary>
    public async Task<bool> JoinAsync(ContentItem item, string listId, Visitor visitor)
    {
        if (await access.FindAsync(listId, visitor, ContentAction.Edit) is not { } list || await ListAsync(list) is not { } part) return false;
        if ((await CreatableAsync(part, visitor)).All(t => t.Name != item.ContentType)) return false;
        item.Parts["ContainedPart"] = new JsonObject { ["ListContentItemId"] = list.ContentItemId, ["ListContentType"] = list.ContentType, ["Order"] = 0 };
        return true;
    }

    private async Task<ContentTypePartDefinition?> ListAsync(ContentItem item) => (await definitions.FindAsync(item.ContentType))?.Part("ListPart");

    private async Task<IReadOnlyList<ContentTypeDefinition>> CreatableAsync(ContentTypePartDefinition part, Visitor visitor)
    {
        var names = JsonMembers.Texts(part.Settings["ListPartSettings"] as JsonObject ?? [], "ContainedContentTypes");
        return [.. (await access.CreatableAsync(visitor)).Where(t => names.Contains(t.Name))];
    }
}
