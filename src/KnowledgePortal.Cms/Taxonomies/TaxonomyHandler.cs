using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>Keeps <c>term_index</c> (the terms of published taxonomies) and <c>content_terms</c> (which published item carries which term).</summary>
public sealed class TaxonomyHandler : IContentHandler
{
    /// <inheritdoc/>
    public async Task PublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await UnpublishedAsync(item, transaction);
        if ((item.Parts["TaxonomyPart"] as JsonObject)?["Terms"] is JsonArray terms) await IndexAsync(item, terms, transaction);
        foreach (var (field, termId) in Carried(item).Distinct())
            await transaction.ExecuteAsync(
                "insert into content_terms (content_item_id, content_type, field, term_id) values (@ContentItemId, @ContentType, @field, @termId)",
                new { item.ContentItemId, item.ContentType, field, termId });
    }

    /// <inheritdoc/>
    public async Task UnpublishedAsync(ContentItem item, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from term_index where taxonomy_item_id = @ContentItemId", new { item.ContentItemId });
        await transaction.ExecuteAsync("delete from content_terms where content_item_id = @ContentItemId", new { item.ContentItemId });
    }

    private static async Task IndexAsync(ContentItem taxonomy, JsonArray terms, DatabaseTransaction transaction)
    {
        var name = await NameAsync(taxonomy, transaction);
        var slugs = new HashSet<string>();
        var position = 0;
        foreach (var (term, parent) in Walk(terms, null))
        {
            var path = PathOf(term, taxonomy);
            // Terms of two branches may end alike, and content from elsewhere may have terms without an address.
            string[] candidates = [path[(path.LastIndexOf('/') + 1)..], path.Replace('/', '-'), term.ContentItemId];
            var slug = candidates.First(c => c.Length > 0 && slugs.Add(c) || c == term.ContentItemId);
            await transaction.ExecuteAsync(
                """
                insert into term_index (term_id, taxonomy_item_id, taxonomy, slug, path, title, aliases, parent_term_id, position, document)
                values (@ContentItemId, @taxonomyId, @name, @slug, @path, @DisplayText, @aliases, @parent, @position, @document)
                on conflict do nothing
                """,
                new
                {
                    term.ContentItemId, taxonomyId = taxonomy.ContentItemId, name, slug, path, term.DisplayText, aliases = string.Join('\n', TermAliases.Of(term)), parent, position,
                    document = ContentItemJson.Write(term).ToJsonString(JsonText.Options),
                });
            position++;
        }
    }

    // By its alias, unless another taxonomy goes by that name already.
    private static async Task<string> NameAsync(ContentItem taxonomy, DatabaseTransaction transaction)
    {
        var alias = taxonomy.As<AliasPart>().Alias;
        return alias.Length == 0 || await transaction.FirstAsync<string>("select term_id from term_index where taxonomy = @alias limit 1", new { alias }) is not null
            ? taxonomy.ContentItemId : alias;
    }

    private static string PathOf(ContentItem term, ContentItem taxonomy)
    {
        var part = term.As<AutoroutePart>();
        var container = taxonomy.As<AutoroutePart>();
        return part.Path.Length > 0 && container is { RouteContainedItems: true, Path.Length: > 0 } && !part.Absolute ? $"{container.Path}/{part.Path}" : part.Path;
    }

    private static IEnumerable<(ContentItem Term, string? Parent)> Walk(JsonArray terms, string? parent)
    {
        foreach (var term in ContentItem.Nested(terms))
        {
            if (term.ContentItemId.Length > 0) yield return (term, parent);
            if (term.Parts["Terms"] is JsonArray children)
                foreach (var child in Walk(children, term.ContentItemId)) yield return child;
        }
    }

    // A TaxonomyField is known by its shape, so that content of types that are not defined here counts as well.
    private static IEnumerable<(string Field, string TermId)> Carried(ContentItem item) =>
        from part in item.Parts
        where part.Value is JsonObject
        from field in part.Value!.AsObject()
        where field.Value is JsonObject
        let ids = field.Value!.AsObject()["TermContentItemIds"] as JsonArray
        where ids is not null
        from id in ids
        where id is JsonValue value && value.TryGetValue(out string? _)
        select (field.Key, id!.GetValue<string>());
}
