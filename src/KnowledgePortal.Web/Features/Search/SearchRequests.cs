using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// What the engine is asked on behalf of somebody. Whoever may not see an item gets neither hits nor counts nor suggestions of it; only published
/// items are in the index at all.
/// </summary>
public sealed class SearchRequests(RolePermissions permissions, TimeProvider clock)
{
    public const int PageSize = 20;
    private const int DaysToHalfAsNew = 730;
    private const float Mild = 0.1f;

    /// <summary>A page of hits with all counts.</summary>
    public async Task<SearchRequest> PageAsync(SearchInput input, Visitor visitor) => new()
    {
        Query = input.Query,
        Filters = input.Filters,
        Facets = SearchInput.FilterNames,
        Skip = (input.Page - 1) * PageSize,
        Top = PageSize,
        Visibility = await VisibilityAsync(visitor),
        Preferences = input.Sort == SearchSort.Relevance ? Preferences() : [],
        SortByNumberDescending = input.Sort switch
        {
            SearchSort.Newest => SearchFields.Day,
            SearchSort.Oldest => SearchFields.DaysBefore,
            _ => input.Query.Length == 0 ? SearchFields.Day : null,
        },
    };

    /// <summary>How many there are.</summary>
    public async Task<SearchRequest> CountAsync(SearchInput input, Visitor visitor) =>
        new() { Query = input.Query, Filters = input.Filters, Top = 0, Visibility = await VisibilityAsync(visitor) };

    /// <summary>Whose eyes a search is for.</summary>
    public static Visibility Visibility(ViewerTokens viewers) => new(SearchFields.Viewer, viewers.Values.ToHashSet());

    private async Task<Visibility> VisibilityAsync(Visitor visitor) => Visibility(await permissions.ViewersAsync(visitor));

    private Preference[] Preferences() =>
    [
        new(SearchFields.Day, BangkokTime.Today(clock).DayNumber, DaysToHalfAsNew, Mild),
        new(SearchFields.Trust, SearchFields.MostTrusted, HalfDistance: 1, Mild),
    ];
}
