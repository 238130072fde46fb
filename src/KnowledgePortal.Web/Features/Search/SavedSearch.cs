using Microsoft.AspNetCore.WebUtilities;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>A search that somebody follows: its words and filters. Equal searches have equal keys.</summary>
public sealed class SavedSearch
{
    public const int MaxKeyLength = 2_000;
    private const int MaxValues = 20;

    private readonly SearchInput _input;

    private SavedSearch(SearchInput input) => (_input, Key) = (input, input.QueryString().TrimStart('?'));

    /// <summary>As the database, forms and addresses write it.</summary>
    public string Key { get; }

    public string Query => _input.Query;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters => _input.Filters;

    /// <summary>The page that lists the same, the newest first; without a leading slash.</summary>
    public string Path => (_input with { Sort = SearchSort.Newest }).Address().TrimStart('/');

    /// <summary>Null where there is nothing to follow: neither words nor filters, or more of them than somebody means.</summary>
    public static SavedSearch? Of(SearchInput input)
    {
        if (input.IsCut || input.Query.Length == 0 && !input.HasFilters || input.Filters.Sum(f => f.Value.Count) > MaxValues) return null;
        var saved = new SavedSearch(new SearchInput(
            PlainQuery.Spaced(input.Query), input.Filters.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[.. f.Value.Order(StringComparer.Ordinal)]), Page: 1));
        return saved.Key.Length <= MaxKeyLength ? saved : null;
    }

    public static SavedSearch? Parse(string key) =>
        key.Length is 0 or > MaxKeyLength ? null : Of(SearchInput.Read(new QueryCollection(QueryHelpers.ParseQuery(key))));

    /// <summary>“นวัตกรรม” · ปีงบประมาณ 2563</summary>
    public string Name(FilterLabels labels) => string.Join(
        " · ",
        new[] { Query.Length > 0 ? $"“{Query}”" : "" }.Concat(_input.Filters.SelectMany(f => f.Value.Select(v => labels.Alone(f.Key, v)))).Where(n => n.Length > 0));
}
