using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What a reader asks for: the words, the filters, the page. The same for the page and for the API.</summary>
public sealed record SearchInput(string Query, IReadOnlyDictionary<string, IReadOnlyList<string>> Filters, int Page)
{
    public const int MaxQueryLength = 2_000;
    public const int MaxValues = 50;
    public const int MaxPage = 500;

    /// <summary>The names of the filters, which are also the names of the facets.</summary>
    public static readonly IReadOnlyList<string> FilterNames = [SearchFields.Type, SearchFields.FiscalYear, SearchFields.Province, SearchFields.Topic];

    /// <summary>Reads a request; what is too long is cut, what is no page is the first.</summary>
    public static SearchInput Read(IQueryCollection query)
    {
        var words = query["q"].ToString().Trim();
        var filters = FilterNames
            .Select(name => (name, values: query[name].OfType<string>().Where(v => v.Length is > 0 and <= 100).Distinct().Take(MaxValues).ToArray()))
            .Where(f => f.values.Length > 0)
            .ToDictionary(f => f.name, f => (IReadOnlyList<string>)f.values);
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MaxPage) : 1;
        return new SearchInput(words.Length > MaxQueryLength ? words[..MaxQueryLength] : words, filters, page);
    }

    public IReadOnlyList<string> Chosen(string filter) => Filters.GetValueOrDefault(filter) ?? [];

    public string Address(int page = 1) => Build(Filters, page);

    /// <summary>The address without one chosen value.</summary>
    public string AddressWithout(string filter, string value) =>
        Build(Filters.ToDictionary(f => f.Key, f => f.Key == filter ? [.. f.Value.Where(v => v != value)] : f.Value), 1);

    /// <summary>The address with a filter set to just these values.</summary>
    public string AddressWith(string filter, params IReadOnlyList<string> values) =>
        Build(Filters.Where(f => f.Key != filter).Append(KeyValuePair.Create(filter, values)).ToDictionary(), 1);

    private string Build(IReadOnlyDictionary<string, IReadOnlyList<string>> filters, int page)
    {
        var parameters = new List<KeyValuePair<string, string?>> { KeyValuePair.Create("q", (string?)Query) };
        foreach (var name in FilterNames)
            foreach (var value in filters.GetValueOrDefault(name) ?? []) parameters.Add(KeyValuePair.Create(name, (string?)value));
        if (page > 1) parameters.Add(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString("/search", parameters);
    }
}
