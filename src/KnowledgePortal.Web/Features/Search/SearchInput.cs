using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The order of results.</summary>
public enum SearchSort
{
    /// <summary>By the words, with a mild preference for what is newer and better verified.</summary>
    Relevance,

    /// <summary>By the words and nothing else.</summary>
    Words,
    Newest,
    Oldest,
}

/// <summary>What a reader asks for: the words, the filters, the order, the page. The same for the page and for the API.</summary>
public sealed record SearchInput(string Query, IReadOnlyDictionary<string, IReadOnlyList<string>> Filters, int Page, SearchSort Sort = SearchSort.Relevance)
{
    public const int MaxQueryLength = 500; // with three octets a letter, what servers and proxies take for an address
    public const int MaxValues = 50;
    public const int MaxPage = 500;

    /// <summary>The names of the filters, which are also the names of the facets, in the order of the page.</summary>
    public static readonly IReadOnlyList<string> FilterNames =
    [
        SearchFields.FiscalYear, SearchFields.Type, SearchFields.Kind, SearchFields.Agency, SearchFields.Province, SearchFields.Topic, SearchFields.Pmqa,
        SearchFields.Award, SearchFields.Has,
    ];

    /// <summary>True when more was typed than is searched.</summary>
    public bool IsCut { get; init; }

    public bool HasFilters => Filters.Count > 0;

    /// <summary>Reads a request; what is too long is cut, what is no page is the first, what is no order is by relevance.</summary>
    public static SearchInput Read(IQueryCollection query)
    {
        var words = query["q"].ToString().Trim();
        var filters = FilterNames
            .Select(name => (name, values: query[name].OfType<string>().Where(v => v.Length is > 0 and <= 100).Distinct().Take(MaxValues).ToArray()))
            .Where(f => f.values.Length > 0)
            .ToDictionary(f => f.name, f => (IReadOnlyList<string>)f.values);
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MaxPage) : 1;
        var isCut = words.Length > MaxQueryLength;
        return new SearchInput(isCut ? Beginning(words) : words, filters, page, ReadSort(query["sort"])) { IsCut = isCut };
    }

    public IReadOnlyList<string> Chosen(string filter) => Filters.GetValueOrDefault(filter) ?? [];

    public string Address(int page = 1) => "/search" + (this with { Page = page }).QueryString();

    /// <summary>The parameters in an order of their own; with the values in theirs, equal searches have equal ones.</summary>
    public string QueryString()
    {
        var parameters = new List<KeyValuePair<string, string?>> { KeyValuePair.Create("q", (string?)Query) };
        foreach (var name in FilterNames)
            foreach (var value in Chosen(name)) parameters.Add(KeyValuePair.Create(name, (string?)value));
        if (Sort != SearchSort.Relevance) parameters.Add(KeyValuePair.Create("sort", (string?)Name(Sort)));
        if (Page > 1) parameters.Add(KeyValuePair.Create("page", (string?)Page.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString("", parameters);
    }

    /// <summary>The same without one chosen value.</summary>
    public SearchInput Without(string filter, string value) => With(filter, [.. Chosen(filter).Where(v => v != value)]);

    /// <summary>The same with a filter set to just these values.</summary>
    public SearchInput With(string filter, params IReadOnlyList<string> values) => this with
    {
        Page = 1,
        Filters = Filters.Where(f => f.Key != filter).Append(KeyValuePair.Create(filter, values)).Where(f => f.Value.Count > 0).ToDictionary(),
    };

    public SearchInput WithoutFilters() => this with { Page = 1, Filters = new Dictionary<string, IReadOnlyList<string>>() };

    /// <summary>As addresses write it.</summary>
    public static string Name(SearchSort sort) => sort switch
    {
        SearchSort.Newest => "new",
        SearchSort.Oldest => "old",
        SearchSort.Words => "words",
        _ => "relevance",
    };

    // Cut between characters, so that no mark loses its letter.
    private static string Beginning(string words)
    {
        var end = 0;
        for (var length = 0; end + length <= MaxQueryLength; length = StringInfo.GetNextTextElementLength(words, end)) end += length;
        return words[..end];
    }

    private static SearchSort ReadSort(string? name) => Enum.GetValues<SearchSort>().FirstOrDefault(s => Name(s) == name);
}
