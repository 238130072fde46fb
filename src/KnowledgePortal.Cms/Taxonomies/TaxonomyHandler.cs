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
        if (item.Parts["TaxonomyPart"]?["Terms"] is JsonArray terms)
        {
            var position = 0;
            foreach (var (term, parent) in Walk(terms, null)) await InsertTermAsync(item, term, parent, position++, transaction);
        }
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

    private static IEnumerable<(ContentItem Term, string? Parent)> Walk(JsonArray terms, string? parent)
    {
        foreach (var term in ContentItem.Nested(terms))
        {
            yield return (term, parent);
            if (term.Parts["Terms"] is JsonArray children)
                foreach (var child in Walk(children, term.ContentItemId)) yield return child;
        }
    }

    private static Task<int> InsertTermAsync(ContentItem taxonomy, ContentItem term, string? parent, int position, DatabaseTransaction transaction)
    {
        var path = term.As<AutoroutePart>().Path;
        return transaction.ExecuteAsync(
            """
            insert into term_index (term_id, taxonomy_item_id, taxonomy, slug, path, title, parent_term_id, position, document)
            values (@id, @taxonomyId, @taxonomy, @slug, @path, @title, @parent, @position, @document)
            """,
            new
            {
                id = term.ContentItemId,
                taxonomyId = taxonomy.ContentItemId,
                taxonomy = taxonomy.As<AliasPart>().Alias,
                slug = path.Length > 0 ? path[(path.LastIndexOf('/') + 1)..] : term.ContentItemId,
                path,
                title = term.DisplayText,
                parent,
                position,
                document = ContentItemJson.Write(term).ToJsonString(JsonText.Options),
            });
    }

    // A TaxonomyField is known by its shape, so that content of types that are not defined here counts as well.
    private static IEnumerable<(string Field, string TermId)> Carried(ContentItem item) =>
        from part in item.Parts
        where part.Value is JsonObject
        from field in part.Value!.AsObject()
        where field.Value is JsonObject
        let ids = field.Value!["TermContentItemIds"] as JsonArray
        where ids is not null
        from id in ids
        where id is JsonValue value && value.TryGetValue(out string? _)
        select (field.Key, id!.GetValue<string>());
}
