using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Editing.Terms;

/// <summary>A published taxonomy by the alias under which it is addressed.</summary>
public sealed record TaxonomyRow
{
    public string TaxonomyId { get; init; } = "";
    public string Alias { get; init; } = "";
    public string Title { get; init; } = "";
    public int TermCount { get; init; }
}

/// <summary>A term with how many published items carry it.</summary>
public sealed record TermRow
{
    public string TermId { get; init; } = "";
    public string? ParentTermId { get; init; }
    public string Title { get; init; } = "";
    public string Path { get; init; } = "";
    public int ItemCount { get; init; }
}

/// <summary>Reads taxonomies for the people who keep them in order.</summary>
public sealed class TermRows(Database database)
{
    public Task<IReadOnlyList<TaxonomyRow>> TaxonomiesAsync() => database.QueryAsync<TaxonomyRow>(
        """
        select t.taxonomy_item_id as taxonomy_id, t.taxonomy as alias, i.display_text as title, count(*) as term_count from term_index t
        join content_items i on i.content_item_id = t.taxonomy_item_id and i.published = 1
        where t.taxonomy <> '' group by t.taxonomy_item_id, t.taxonomy, i.display_text order by i.display_text
        """);

    public Task<IReadOnlyList<TermRow>> OfAsync(string taxonomyId) => database.QueryAsync<TermRow>(
        """
        select t.term_id, t.parent_term_id, t.title, t.path, (select count(distinct c.content_item_id) from content_terms c where c.term_id = t.term_id) as item_count
        from term_index t where t.taxonomy_item_id = @taxonomyId order by t.position
        """,
        new { taxonomyId });
}
