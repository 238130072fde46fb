namespace KnowledgePortal.Search.Queries;

/// <summary>What to search for and what to give back.</summary>
public sealed class SearchRequest
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoFilters = [];

    /// <summary>
    /// As typed by a person: words, "phrases", "phrases with gaps"~3, prefix*, similar~, +must, -not, AND, OR, NOT, brackets, field:word, number:[1 TO 9], date:>=2563-10-01, boost^2.
    /// Empty matches every document. Anything is accepted; what is no syntax is searched as words.
    /// </summary>
    public string Query { get; init; } = "";

    /// <summary>Allowed values by keyword field: a document needs one of the values of every field named. An empty list allows any value.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = NoFilters;

    /// <summary>Keyword fields whose values are to be counted.</summary>
    public IReadOnlyList<string> Facets { get; init; } = [];

    /// <summary>Hits to leave out at the beginning.</summary>
    public int Skip { get; init; }

    /// <summary>Most hits to give back.</summary>
    public int Top { get; init; } = 10;

    /// <summary>
    /// Whether every match is to be counted. Without, and without facets or a sort field, documents that cannot be among the best are passed over, which is
    /// faster; <see cref="SearchResult.Total"/> is then a lower bound.
    /// </summary>
    public bool CountTotal { get; init; } = true;

    /// <summary>Whose eyes the search is for; null when everybody may see everything.</summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Mild lifts for newer or more trusted documents; empty ranks by the words alone.</summary>
    public IReadOnlyList<Preference> Preferences { get; init; } = [];

    /// <summary>A number field to sort by, the largest first and documents without one last; null sorts by score.</summary>
    public string? SortByNumberDescending { get; init; }
}
