using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The names of filters, read once per commit of the index: every published taxonomy is followed by one.</summary>
public sealed class CurrentLabels(TermQueries terms, SearchedTypes searched)
{
    private volatile Known? _known;

    public async Task<FilterLabels> OfAsync(Searcher searcher)
    {
        if (_known is { } known && known.Searcher == searcher) return known.Labels;
        var labels = new FilterLabels(await FilterLabels.TermsAsync(terms), await searched.NamesAsync());
        _known = new Known(searcher, labels);
        return labels;
    }

    private sealed record Known(Searcher Searcher, FilterLabels Labels);
}
