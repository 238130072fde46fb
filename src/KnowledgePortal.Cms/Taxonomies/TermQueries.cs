using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>Reads published terms.</summary>
public sealed class TermQueries(Database database)
{
    private const string Columns = "t.term_id, t.taxonomy, t.slug, t.path, t.title, t.aliases, t.parent_term_id";

    /// <summary>All terms of a taxonomy in their own order.</summary>
    public Task<IReadOnlyList<Term>> AllAsync(string taxonomy) =>
        database.QueryAsync<Term>($"select {Columns} from term_index t where t.taxonomy = @taxonomy order by t.position", new { taxonomy });

    /// <summary>Every term of every taxonomy, those of one in their own order.</summary>
    public Task<IReadOnlyList<Term>> AllAsync() => database.QueryAsync<Term>($"select {Columns} from term_index t order by t.taxonomy, t.position");

    /// <summary>The terms with these ids, in this order; ids of terms that are gone are passed over.</summary>
    public async Task<IReadOnlyList<Term>> GetAsync(IReadOnlyCollection<string> termIds)
    {
        if (termIds.Count == 0) return [];
        var terms = (await database.QueryAsync<Term>($"select {Columns} from term_index t where t.term_id in @termIds", new { termIds })).ToDictionary(t => t.TermId);
        return [.. termIds.Where(terms.ContainsKey).Select(id => terms[id])];
    }

    /// <summary>The term with this slug, or null.</summary>
    public Task<Term?> FindAsync(string taxonomy, string slug) =>
        database.FirstAsync<Term>($"select {Columns} from term_index t where t.taxonomy = @taxonomy and t.slug = @slug", new { taxonomy, slug });

    /// <summary>The term at an address (no leading slash), or null.</summary>
    public Task<Term?> AtPathAsync(string path) => database.FirstAsync<Term>($"select {Columns} from term_index t where t.path = @path", new { path });

    /// <summary>The terms that a published item carries, in any field.</summary>
    public Task<IReadOnlyList<Term>> OfItemAsync(string contentItemId) =>
        database.QueryAsync<Term>(
            $"select distinct {Columns} from content_terms c join term_index t on t.term_id = c.term_id where c.content_item_id = @contentItemId",
            new { contentItemId });

    /// <summary>The same for many items: pairs of an item's id and a term's.</summary>
    public async Task<ILookup<string, string>> OfItemsAsync(IReadOnlyCollection<string> contentItemIds) =>
        (await database.QueryAsync<(string Item, string Term)>(
            "select distinct content_item_id, term_id from content_terms where content_item_id in @contentItemIds order by content_item_id, term_id", new { contentItemIds }))
        .ToLookup(r => r.Item, r => r.Term);

    /// <summary>A term as the content item that it is, for its fields; null when it is gone.</summary>
    public async Task<ContentItem?> ItemAsync(string termId)
    {
        var document = await database.FirstAsync<string>("select document from term_index where term_id = @termId", new { termId });
        return document is null ? null : ContentItemJson.Read(JsonNode.Parse(document)!.AsObject());
    }

    /// <summary>All terms of a taxonomy as content items, in their order.</summary>
    public async Task<IReadOnlyList<ContentItem>> ItemsAsync(string taxonomy)
    {
        var documents = await database.QueryAsync<string>("select document from term_index where taxonomy = @taxonomy order by position", new { taxonomy });
        return [.. documents.Select(d => ContentItemJson.Read(JsonNode.Parse(d)!.AsObject()))];
    }
}
