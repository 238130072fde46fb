using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Proposes an address from the title for types whose definition has a pattern.</summary>
public sealed class AddressCompletion(ContentDefinitions definitions) : IContentCompletion
{
    private const int MostOfOneName = 100;

    public async Task CompleteAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.As<AutoroutePart>().Path.Length > 0 || await definitions.FindAsync(item.ContentType) is not { } type || AddressRules.Prefix(type) is not { } prefix) return;
        if (ThaiSlug.Of(item.DisplayText) is not { } slug) return;
        if (item.Parts["AutoroutePart"] is null) item.Parts["AutoroutePart"] = new System.Text.Json.Nodes.JsonObject();
        for (var n = 1; n <= MostOfOneName; n++)
        {
            var path = prefix + slug + (n == 1 ? "" : $"-{n}");
            if (AddressRules.WrongPlace(path, prefix) is not null || !await IsFreeAsync(path, item, transaction)) continue;
            item.Parts["AutoroutePart"]!["Path"] = path;
            return;
        }
    }

    public static async Task<bool> IsFreeAsync(string path, ContentItem item, DatabaseTransaction transaction) =>
        await transaction.FirstAsync<string>(
            "select content_item_id from autoroute_index where path = @path and content_item_id <> @ContentItemId", new { path, item.ContentItemId }) is null;
}
