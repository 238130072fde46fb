using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Puts words that somebody has typed as tags into their taxonomy, in the transaction that saves the item; a word that is there already is used.</summary>
public sealed class NewTags(ContentDefinitions definitions, TermAddresses addresses, ContentLifecycle lifecycle)
{
    /// <param name="item">With names beside the ids of its terms.</param>
    /// <param name="before">As it was stored: an id that was there already and is no term any more stays what it is.</param>
    /// <param name="actor">Who.</param>
    /// <param name="transaction">The caller's.</param>
    public async Task AddAsync(ContentItem item, ContentItem? before, Actor actor, DatabaseTransaction transaction)
    {
        if (await definitions.FindAsync(item.ContentType) is not { } type) return;
        foreach (var part in type.Parts)
            foreach (var field in part.Fields.Where(f => f is { FieldType: "TaxonomyField", Editor: "Tags" }))
                if ((item.Parts[part.Name] as JsonObject)?[field.Name] is JsonObject stored)
                    await AddAsync(stored, (before?.Parts[part.Name] as JsonObject)?[field.Name] as JsonObject ?? [], actor, transaction);
    }

    private async Task AddAsync(JsonObject stored, JsonObject before, Actor actor, DatabaseTransaction transaction)
    {
        var ids = JsonMembers.Texts(stored, "TermContentItemIds").ToList();
        var names = JsonMembers.Texts(stored, "TagNames");
        var fresh = ids.Where((id, i) => !JsonMembers.Texts(before, "TermContentItemIds").Contains(id) && names.ElementAtOrDefault(i) is { Length: > 0 }).ToList();
        if (fresh.Count == 0 || await TaxonomyAsync(stored.Text("TaxonomyContentItemId"), transaction) is not { } taxonomy) return;
        var terms = NestedRows.Flat(taxonomy, Plan).Select(r => r.Json).ToList();
        var isChanged = false;
        foreach (var id in fresh.Where(id => terms.All(t => NestedRows.Member(t, "ContentItemId") != id)))
        {
            var at = ids.IndexOf(id);
            if (terms.FirstOrDefault(t => NestedRows.Member(t, "DisplayText").Equals(names[at], StringComparison.OrdinalIgnoreCase)) is { } same)
            {
                ids[at] = NestedRows.Member(same, "ContentItemId");
                continue;
            }
            var term = NestedRows.New(NestedRows.Member(taxonomy.Parts["TaxonomyPart"]!.AsObject(), "TermContentType"), Plan, taxonomy);
            (term["ContentItemId"], term["DisplayText"], term["TitlePart"]) = (id, names[at], new JsonObject { ["Title"] = names[at] });
            if (taxonomy.Parts["TaxonomyPart"]!["Terms"] is not JsonArray) taxonomy.Parts["TaxonomyPart"]!["Terms"] = new JsonArray();
            taxonomy.Parts["TaxonomyPart"]!["Terms"]!.AsArray().Add(term);
            terms.Add(term);
            isChanged = true;
        }
        var kept = ids.Select((id, i) => (id, i)).DistinctBy(t => t.id).ToList();
        stored["TermContentItemIds"] = JsonMembers.Array(kept.Select(t => t.id));
        stored["TagNames"] = JsonMembers.Array(kept.Select(t => names.ElementAtOrDefault(t.i) ?? ""));
        if (!isChanged) return;
        await addresses.CompleteAsync(taxonomy, transaction);
        var isPublished = taxonomy.Published;
        await lifecycle.SaveDraftAsync(taxonomy, ContentVersion.Of(taxonomy), actor, transaction);
        // A taxonomy that somebody is working on is not published with his unfinished work; its readers see the word when he does.
        if (isPublished) await lifecycle.PublishAsync(taxonomy.ContentItemId, actor, transaction);
    }

    private static BagPlan Plan { get; } = new("TaxonomyPart", BagPlan.Terms, "", "", []);

    private static async Task<ContentItem?> TaxonomyAsync(string id, DatabaseTransaction transaction)
    {
        var document = await transaction.FirstAsync<string>("select document from content_items where content_item_id = @id and latest = 1", new { id });
        return document is not null && ContentItemJson.Read(JsonNode.Parse(document)!.AsObject()) is { } item && item.Parts["TaxonomyPart"] is JsonObject ? item : null;
    }
}
