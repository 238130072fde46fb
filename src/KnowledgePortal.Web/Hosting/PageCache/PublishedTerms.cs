using KnowledgePortal.Cms.Taxonomies;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>The terms of all published taxonomies as pages name them. A site has some hundreds, and nearly every page shows a few.</summary>
public sealed class PublishedTerms(TermQueries terms, ContentGeneration generation)
{
    private readonly PerGeneration<Known> _known = new(generation, async () => new Known(await terms.AllAsync()));

    /// <summary>All terms of a taxonomy in their own order.</summary>
    public async Task<IEnumerable<Term>> AllAsync(string taxonomy) => (await _known.GetAsync()).ByTaxonomy[taxonomy];

    /// <summary>The terms with these ids, in this order; ids of terms that are gone are passed over.</summary>
    public async Task<IReadOnlyList<Term>> GetAsync(IReadOnlyCollection<string> termIds)
    {
        var known = await _known.GetAsync();
        return [.. termIds.Select(known.ById.GetValueOrDefault).OfType<Term>()];
    }

    /// <summary>The term with this slug, or null.</summary>
    public async Task<Term?> FindAsync(string taxonomy, string slug) => (await AllAsync(taxonomy)).FirstOrDefault(t => t.Slug == slug);

    private sealed class Known(IReadOnlyList<Term> terms)
    {
        public Dictionary<string, Term> ById { get; } = terms.ToDictionary(t => t.TermId);

        public ILookup<string, Term> ByTaxonomy { get; } = terms.ToLookup(t => t.Taxonomy);
    }
}
