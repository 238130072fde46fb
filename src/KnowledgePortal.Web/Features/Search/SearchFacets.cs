using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The counts of a result as tabs, facets and filters that can be taken off.</summary>
public sealed class SearchFacets(SearchInput input, SearchResult result, FilterLabels labels)
{
    private const int MostChoices = 80; // all provinces; of the agencies that news names there are hundreds

    public IReadOnlyList<SearchTab> Tabs()
    {
        var counts = result.Facets[SearchFields.Type].ToDictionary(c => c.Value, c => c.Count);
        var chosen = input.Chosen(SearchFields.Type);
        var all = new SearchTab("ทั้งหมด", counts.Values.Sum(), input.With(SearchFields.Type).Address(), chosen.Count == 0);
        return
        [
            all,
            .. from type in labels.Types
               where counts.ContainsKey(type) || chosen.Contains(type)
               select new SearchTab(
                   labels.Value(SearchFields.Type, type), counts.GetValueOrDefault(type), input.With(SearchFields.Type, type).Address(), chosen.Count == 1 && chosen[0] == type),
        ];
    }

    public IReadOnlyList<Facet> Facets() => [.. SearchInput.FilterNames.Select(Facet).Where(f => f.Choices.Count > 0)];

    public IReadOnlyList<AppliedFilter> Applied() =>
        [.. from filter in input.Filters
            from value in filter.Value
            select new AppliedFilter(labels.Alone(filter.Key, value), input.Without(filter.Key, value).Address())];

    private Facet Facet(string name)
    {
        var chosen = input.Chosen(name);
        var counts = result.Facets[name].Where((c, at) => at < MostChoices || chosen.Contains(c.Value)).ToList();
        // What is chosen stays in the form also when it finds nothing: else the next filter would silently take it off.
        var choices = counts.Concat(chosen.Where(v => counts.All(c => c.Value != v)).Select(v => new FacetCount(v, 0)))
            .Select(c => new FacetChoice(c.Value, labels.Value(name, c.Value), c.Count, chosen.Contains(c.Value)));
        return new Facet(name, FilterLabels.Title(name), [.. name switch
        {
            SearchFields.FiscalYear => choices.OrderByDescending(c => c.Value, StringComparer.Ordinal),
            SearchFields.Pmqa => choices.OrderBy(c => c.Value, StringComparer.Ordinal),
            _ => choices,
        }]);
    }
}
