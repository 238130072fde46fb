using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Search;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>
/// What a subscription is about: topics and provinces by term id, and a search that is followed. What is in any of them matches; none means everything.
/// Equal interests have equal keys.
/// </summary>
public sealed class Interests
{
    private readonly string[] _termIds;

    public Interests(IEnumerable<string> termIds, SavedSearch? search = null)
        : this(termIds, search, search?.Key ?? "")
    {
    }

    private Interests(IEnumerable<string> termIds, SavedSearch? search, string searchKey)
    {
        _termIds = [.. termIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (Search, SearchKey) = (search, searchKey);
    }

    public IReadOnlyList<string> TermIds => _termIds;

    public SavedSearch? Search { get; }

    public string Key => string.Join(' ', _termIds);

    public string SearchKey { get; }

    // A stored search that cannot be read any more finds nothing; it must not turn into everything.
    public bool IsEverything => _termIds.Length == 0 && SearchKey.Length == 0;

    public static Interests Of(string key, string searchKey) => new(key.Split(' ', StringSplitOptions.RemoveEmptyEntries), SavedSearch.Parse(searchKey), searchKey);

    /// <param name="termIds">The terms of an item.</param>
    /// <param name="isFound">Whether the followed search finds it.</param>
    public bool Match(IReadOnlySet<string> termIds, bool isFound) => IsEverything || isFound || Array.Exists(_termIds, termIds.Contains);
}

/// <summary>What interests are called.</summary>
public sealed class InterestNames
{
    private readonly Dictionary<string, Term> _terms;
    private readonly FilterLabels _labels;

    public InterestNames(IReadOnlyCollection<Term> terms)
    {
        _terms = terms.Where(t => t.Taxonomy is InterestKinds.Topics or InterestKinds.Provinces).ToDictionary(t => t.TermId);
        _labels = new FilterLabels(terms);
    }

    /// <summary>All that can be chosen.</summary>
    public static async Task<InterestNames> LoadAsync(TermQueries terms) => new(await FilterLabels.TermsAsync(terms));

    public bool Knows(string termId) => _terms.ContainsKey(termId);

    /// <summary>For a subject: one name, and how many more.</summary>
    public string Short(Interests interests)
    {
        var names = Names(interests);
        return names.Count switch
        {
            0 => "คลังความรู้",
            1 => names[0],
            _ => $"{names[0]} และอีก {names.Count - 1} เรื่อง",
        };
    }

    /// <summary>For a sentence: every name.</summary>
    public string Full(Interests interests) => Names(interests) is { Count: > 0 } names ? string.Join(", ", names) : "ทุกเรื่อง";

    /// <summary>The search that lists the same; the whole of the portal where kinds of interests are mixed, because search would narrow one by the other.</summary>
    public string SearchPath(Interests interests)
    {
        var terms = Terms(interests);
        if (interests.Search is { } search) return terms.Count == 0 ? search.Path : "search";
        return terms.Count == 0 || terms.Select(t => t.Taxonomy).Distinct().Count() > 1
            ? "search"
            : "search?" + string.Join('&', terms.Select(t => $"{(t.Taxonomy == InterestKinds.Topics ? "topic" : "province")}={Uri.EscapeDataString(t.Slug)}"));
    }

    /// <summary>ค้นหา “นวัตกรรม” · ปีงบประมาณ 2563</summary>
    public string SearchName(SavedSearch search) => $"ค้นหา {search.Name(_labels)}";

    private List<string> Names(Interests interests) =>
        [.. interests.Search is { } search ? [SearchName(search)] : Array.Empty<string>(), .. Terms(interests).Select(t => t.Taxonomy == InterestKinds.Provinces && t.Slug != "bangkok" ? $"จังหวัด{t.Title}" : t.Title)];

    // Topics first, however the ids sort.
    private List<Term> Terms(Interests interests) =>
        [.. interests.TermIds.Where(_terms.ContainsKey).Select(id => _terms[id]).OrderBy(t => t.Taxonomy == InterestKinds.Provinces).ThenBy(t => t.Title, StringComparer.Ordinal)];
}

public static class InterestKinds
{
    public const string Topics = "topics";
    public const string Provinces = "provinces";
}
