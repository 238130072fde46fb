using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Gives terms without an address one beside their fellows: <c>topics/</c> and the term's own words.</summary>
public sealed class TermAddresses(ContentDefinitions definitions) : IContentCompletion
{
    private const int MostOfOneName = 100;

    public async Task CompleteAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.Parts["TaxonomyPart"] is not JsonObject part || await definitions.FindAsync(part.Text("TermContentType")) is not { } type || type.Part("AutoroutePart") is null) return;
        var terms = NestedRows.Flat(item, new BagPlan("TaxonomyPart", BagPlan.Terms, "", "", [])).Select(r => r.Json).ToList();
        var paths = terms.Select(Path).Where(p => p.Length > 0).ToHashSet();
        var folder = paths.FirstOrDefault(p => p.Contains('/')) is { } fellow ? fellow[..fellow.LastIndexOf('/')]
            : item.As<AutoroutePart>().Path is { Length: > 0 } own ? own : item.As<AliasPart>().Alias;
        if (ThaiSlug.Of(folder.Replace('/', ' ')) is null) return;
        foreach (var term in terms.Where(t => Path(t).Length == 0))
        {
            if (ThaiSlug.Of(NestedRows.Member(term, "DisplayText")) is not { } slug) continue;
            for (var n = 1; n <= MostOfOneName; n++)
            {
                var path = $"{folder}/{slug}{(n == 1 ? "" : $"-{n}")}";
                if (paths.Contains(path) || await IsTakenAsync(path, item, transaction)) continue;
                paths.Add(path);
                if (term["AutoroutePart"] is not JsonObject) term["AutoroutePart"] = new JsonObject();
                (term["AutoroutePart"]!["Path"], term["AutoroutePart"]!["Absolute"]) = (path, true);
                break;
            }
        }
    }

    private static string Path(JsonObject term) => (term["AutoroutePart"] as JsonObject)?.Text("Path") ?? "";

    private static async Task<bool> IsTakenAsync(string path, ContentItem taxonomy, DatabaseTransaction transaction) => await transaction.FirstAsync<string>(
        "select path from autoroute_index where path = @path union all select path from term_index where path = @path and taxonomy_item_id <> @ContentItemId",
        new { path, taxonomy.ContentItemId }) is not null;
}
