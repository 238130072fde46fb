using KnowledgePortal.Cms.Taxonomies;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>The topics and provinces that a subscription is about, by term id; none means everything. Equal sets have equal keys.</summary>
public sealed class Interests
{
    private readonly string[] _termIds;

    public Interests(IEnumerable<string> termIds) => _termIds = [.. termIds.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> TermIds => _termIds;

    public string Key => string.Join(' ', _termIds);

    public bool IsEverything => _termIds.Length == 0;

    public static Interests Of(string key) => new(key.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public bool Match(IReadOnlySet<string> termIds) => IsEverything || Array.Exists(_termIds, termIds.Contains);
}

/// <summary>What interests are called.</summary>
public sealed class InterestNames
{
    private readonly Dictionary<string, Term> _terms;

    public InterestNames(IEnumerable<Term> terms) => _terms = terms.ToDictionary(t => t.TermId);

    /// <summary>All that can be chosen.</summary>
    public static async Task<InterestNames> LoadAsync(TermQueries terms) =>
        new([.. await terms.AllAsync(InterestKinds.Topics), .. await terms.AllAsync(InterestKinds.Provinces)]);

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

    /// <summary>The search that lists the same; the whole of the portal where topics and provinces are mixed, because search would narrow one by the other.</summary>
    public string SearchPath(Interests interests)
    {
        var terms = Terms(interests);
        return terms.Count == 0 || terms.Select(t => t.Taxonomy).Distinct().Count() > 1
            ? "search"
            : "search?" + string.Join('&', terms.Select(t => $"{(t.Taxonomy == InterestKinds.Topics ? "topic" : "province")}={Uri.EscapeDataString(t.Slug)}"));
    }

    private List<string> Names(Interests interests) =>
        [.. Terms(interests).Select(t => t.Taxonomy == InterestKinds.Provinces && t.Slug != "bangkok" ? $"จังหวัด{t.Title}" : t.Title)];

    // Topics first, however the ids sort.
    private List<Term> Terms(Interests interests) =>
        [.. interests.TermIds.Where(_terms.ContainsKey).Select(id => _terms[id]).OrderBy(t => t.Taxonomy == InterestKinds.Provinces).ThenBy(t => t.Title, StringComparer.Ordinal)];
}

public static class InterestKinds
{
    public const string Topics = "topics";
    public const string Provinces = "provinces";
}
