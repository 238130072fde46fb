using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Runs a reader's search: counts, facets, pages; <see cref="SearchHits"/> dresses what was found.</summary>
public sealed class PortalSearch(SearchIndex index, SearchHits hits, TermQueries terms, SearchExamples examples)
{
    public const int PageSize = 20;
    private const int MostPageLinks = 7;

    public async Task<SearchPage> RunAsync(SearchInput input)
    {
        if (index.Searcher is not { } searcher) return new SearchPage { Query = input.Query, Examples = await examples.AllAsync(), IsCatchingUp = true };
        var result = searcher.Search(new SearchRequest
        {
            Query = input.Query,
            Filters = input.Filters,
            Facets = SearchInput.FilterNames,
            Skip = (input.Page - 1) * PageSize,
            Top = PageSize,
            SortByNumberDescending = input.Query.Length == 0 ? SearchFields.Day : null,
        });
        var pages = (int)Math.Min(SearchInput.MaxPage, (result.Total + PageSize - 1) / PageSize);
        return new SearchPage
        {
            Query = input.Query,
            Total = result.Total,
            Page = input.Page,
            PageCount = pages,
            Understood = [.. result.Query.Expansions.Select(e => $"{e.Typed} รวม {string.Join(", ", e.Also)}")],
            Tabs = Tabs(input, result),
            Facets = await FacetsAsync(input, result),
            Applied = await AppliedAsync(input),
            Hits = await hits.DressAsync(result),
            PreviousUrl = input.Page > 1 ? input.Address(input.Page - 1) : null,
            NextUrl = input.Page < pages ? input.Address(input.Page + 1) : null,
            Pages = PageLinks(input, pages),
            Examples = await examples.AllAsync(),
            IsCatchingUp = await index.LagAsync() > 0,
        };
    }

    private static IReadOnlyList<SearchTab> Tabs(SearchInput input, SearchResult result)
    {
        var counts = result.Facets[SearchFields.Type];
        var chosen = input.Chosen(SearchFields.Type);
        var all = new SearchTab("ทั้งหมด", counts.Sum(c => c.Count), input.AddressWith(SearchFields.Type), chosen.Count == 0);
        return [all, .. counts.Select(c => new SearchTab(
            ContentTypeNames.Thai(c.Value), c.Count, input.AddressWith(SearchFields.Type, c.Value), chosen.Count == 1 && chosen[0] == c.Value))];
    }

    private async Task<IReadOnlyList<Facet>> FacetsAsync(SearchInput input, SearchResult result)
    {
        var names = await TermTitlesAsync();
        return
        [
            .. new[]
            {
                Facet(SearchFields.FiscalYear, "ปีงบประมาณ", v => v, byValue: true),
                Facet(SearchFields.Type, "ชนิด", ContentTypeNames.Thai),
                Facet(SearchFields.Province, "จังหวัด", v => names.GetValueOrDefault(("provinces", v), v)),
                Facet(SearchFields.Topic, "หัวข้อ", v => names.GetValueOrDefault(("topics", v), v)),
            }.Where(f => f.Choices.Count > 0),
        ];

        Facet Facet(string name, string title, Func<string, string> label, bool byValue = false)
        {
            var chosen = input.Chosen(name);
            var counts = result.Facets[name].Select(c => new FacetChoice(c.Value, label(c.Value), c.Count, chosen.Contains(c.Value)));
            return new Facet(name, title, [.. byValue ? counts.OrderByDescending(c => c.Value, StringComparer.Ordinal) : counts]);
        }
    }

    private async Task<IReadOnlyList<AppliedFilter>> AppliedAsync(SearchInput input)
    {
        var names = await TermTitlesAsync();
        return [.. from filter in input.Filters
                   from value in filter.Value
                   select new AppliedFilter(Label(filter.Key, value), input.AddressWithout(filter.Key, value))];

        string Label(string filter, string value) => filter switch
        {
            SearchFields.FiscalYear => $"ปีงบประมาณ\u00A0{value}",
            SearchFields.Type => ContentTypeNames.Thai(value),
            SearchFields.Province => names.GetValueOrDefault(("provinces", value), value),
            _ => names.GetValueOrDefault(("topics", value), value),
        };
    }

    private async Task<Dictionary<(string Taxonomy, string Slug), string>> TermTitlesAsync() =>
        (await terms.AllAsync("provinces")).Concat(await terms.AllAsync("topics")).ToDictionary(t => (t.Taxonomy, t.Slug), t => t.Title);

    private static IReadOnlyList<PageLink> PageLinks(SearchInput input, int pages)
    {
        var first = Math.Max(1, Math.Min(input.Page - MostPageLinks / 2, pages - MostPageLinks + 1));
        return pages <= 1 ? [] : [.. Enumerable.Range(first, Math.Min(MostPageLinks, pages)).Select(n => new PageLink(n, input.Address(n), n == input.Page))];
    }
}
