using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// What the engine is asked on behalf of somebody. Whoever may not see a type of content gets neither hits nor counts nor suggestions of it; only published
/// items are in the index at all.
/// </summary>
public sealed class SearchRequests(RolePermissions permissions, SearchedTypes searched, TimeProvider clock)
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

    /// <summary>The values of a field in everything that somebody may see.</summary>
    public async Task<SearchRequest> ValuesAsync(IReadOnlyList<string> fields, Visitor visitor) =>
        new() { Facets = fields, Top = 0, Visibility = await VisibilityAsync(visitor) };

    /// <summary>The types of content that somebody may see.</summary>
    public async Task<IReadOnlySet<string>> TypesAsync(Visitor visitor)
    {
        var types = new HashSet<string>();
        foreach (var type in (await searched.NamesAsync()).Keys)
            if (await permissions.MayAsync(visitor, ContentAction.View, type)) types.Add(type);
        return types;
    }

    private async Task<Visibility> VisibilityAsync(Visitor visitor) => new(SearchFields.Type, await TypesAsync(visitor));

    private Preference[] Preferences() =>
    [
        new(SearchFields.Day, BangkokTime.Today(clock).DayNumber, DaysToHalfAsNew, Mild),
        new(SearchFields.Trust, SearchFields.MostTrusted, HalfDistance: 1, Mild),
    ];
}
