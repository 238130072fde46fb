using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Runs a reader's search: counts, facets, pages; <see cref="SearchHits"/> dresses what was found.</summary>
public sealed class PortalSearch(SearchIndex index, RolePermissions permissions, SearchRequests requests, SearchHits hits, CurrentLabels current, SearchHelp help)
{
    private const int MostPageLinks = 7;

    public async Task<SearchPage> RunAsync(SearchInput input, Visitor visitor)
    {
        if (index.Searcher is not { } searcher) return new SearchPage { Input = input, IsCatchingUp = true };
        var result = searcher.Search(await requests.PageAsync(input, visitor));
        var labels = await current.OfAsync(searcher);
        var facets = new SearchFacets(input, result, labels);
        var pages = (int)Math.Min(SearchInput.MaxPage, (result.Total + SearchRequests.PageSize - 1) / SearchRequests.PageSize);
        return new SearchPage
        {
            Input = input,
            Total = result.Total,
            PageCount = pages,
            Understood = [.. result.Query.Expansions.Select(e => Reading(input, e))],
            DidYouMean = await help.DidYouMeanAsync(input, visitor, searcher),
            Tabs = facets.Tabs(),
            Facets = facets.Facets(),
            Applied = facets.Applied(),
            Sorts = Sorts(input),
            Hits = await hits.DressAsync(result, await permissions.ViewersAsync(visitor)),
            PreviousUrl = input.Page > 1 ? input.Address(input.Page - 1) : null,
            NextUrl = input.Page < pages ? input.Address(input.Page + 1) : null,
            Pages = PageLinks(input, pages),
            Advice = result.Total == 0 ? await help.AfterNothingAsync(input, visitor, searcher, labels) : null,
            IsCatchingUp = index.IsCatchingUp,
        };
    }

    // A word in quotes is searched as it is typed.
    private static AppliedFilter Reading(SearchInput input, QueryExpansion expansion)
    {
        var label = $"{expansion.Typed} รวม {string.Join(", ", expansion.Also)}";
        var at = input.Query.IndexOf(expansion.Typed, StringComparison.Ordinal);
        if (at < 0) return new AppliedFilter(label, "");
        var end = at + expansion.Typed.Length;
        if (end < input.Query.Length && input.Query[end] == '.') end++;
        return new AppliedFilter(label, (input with { Query = $"{input.Query[..at]}\"{input.Query[at..end]}\"{input.Query[end..]}", Page = 1 }).Address());
    }

    private static IReadOnlyList<SearchSortLink> Sorts(SearchInput input)
    {
        var shown = input.Query.Length == 0 && input.Sort is SearchSort.Relevance or SearchSort.Words ? SearchSort.Newest : input.Sort;
        return
        [
            .. from sort in Enum.GetValues<SearchSort>()
               where sort == shown || sort is SearchSort.Newest or SearchSort.Oldest || sort == SearchSort.Relevance && input.Query.Length > 0
               select new SearchSortLink(Label(sort), (input with { Sort = sort, Page = 1 }).Address(), sort == shown),
        ];
    }

    private static string Label(SearchSort sort) => sort switch
    {
        SearchSort.Newest => "ใหม่สุด",
        SearchSort.Oldest => "เก่าสุด",
        SearchSort.Words => "ตรงคำอย่างเดียว",
        _ => "ตรงที่สุด",
    };

    private static IReadOnlyList<PageLink> PageLinks(SearchInput input, int pages)
    {
        var first = Math.Max(1, Math.Min(input.Page - MostPageLinks / 2, pages - MostPageLinks + 1));
        return pages <= 1 ? [] : [.. Enumerable.Range(first, Math.Min(MostPageLinks, pages)).Select(n => new PageLink(n, input.Address(n), n == input.Page))];
    }
}
