using KnowledgePortal.Web.Hosting.Lists;
using Microsoft.AspNetCore.WebUtilities;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>
/// The filters of the practice list. Choices within one facet are alternatives, facets narrow each other; a facet's counts ignore its own
/// choices, so that a second one can be added, and no choice is offered that would find nothing.
/// </summary>
public sealed class PracticeFilter
{
    private sealed record Kind(string Name, string Title, Func<PracticeCard, ILookup<string, CarriedTerm>, IEnumerable<(string Value, string Label)>> Values);

    private static readonly Kind[] Kinds =
    [
        new("province", "จังหวัด", (p, _) => p.ProvinceSlug is null ? [] : [(p.ProvinceSlug, p.ProvinceTitle!)]),
        new("kind", "ชนิด", (p, _) => [(p.KindName, p.KindName)]),
        new("topic", "หัวข้อ", (p, terms) => Terms(terms, p, "topics")),
        new("factor", "สำเร็จเพราะอะไร", (p, terms) => Terms(terms, p, "success-factors")),
        new("award", "รางวัลของเจ้าของเรื่อง", (p, terms) => Terms(terms, p, "awards")),
    ];

    private readonly Dictionary<string, HashSet<string>> _chosen;

    public PracticeFilter(IQueryCollection query) =>
        _chosen = Kinds.ToDictionary(k => k.Name, k => query[k.Name].OfType<string>().Where(v => v.Length > 0).ToHashSet());

    public PracticesPage Apply(IReadOnlyList<PracticeCard> all, ILookup<string, CarriedTerm> terms) => new(
        [.. all.Where(p => Matches(p, terms, except: null))],
        all.Count,
        [.. Kinds.Select(kind => FacetOf(kind, all, terms)).Where(f => f.Choices.Count > 0)],
        [.. Applied(all, terms)]);

    private bool Matches(PracticeCard practice, ILookup<string, CarriedTerm> terms, string? except) => Kinds.All(kind =>
        kind.Name == except || _chosen[kind.Name].Count == 0 || kind.Values(practice, terms).Any(v => _chosen[kind.Name].Contains(v.Value)));

    private Facet FacetOf(Kind kind, IReadOnlyList<PracticeCard> all, ILookup<string, CarriedTerm> terms) => new(
        kind.Name, kind.Title,
        [.. all.Where(p => Matches(p, terms, except: kind.Name)).SelectMany(p => kind.Values(p, terms).Distinct())
            .GroupBy(v => v).OrderByDescending(g => g.Count())
            .Select(g => new FacetChoice(g.Key.Value, g.Key.Label, g.Count(), _chosen[kind.Name].Contains(g.Key.Value)))]);

    private IEnumerable<AppliedFilter> Applied(IReadOnlyList<PracticeCard> all, ILookup<string, CarriedTerm> terms) =>
        from kind in Kinds
        from value in _chosen[kind.Name]
        let label = all.SelectMany(p => kind.Values(p, terms)).FirstOrDefault(v => v.Value == value).Label ?? value
        select new AppliedFilter(label, AddressWithout(kind.Name, value));

    private string AddressWithout(string name, string value) => QueryHelpers.AddQueryString(
        "/practices",
        from chosen in _chosen
        from v in chosen.Value
        where (chosen.Key, v) != (name, value)
        select KeyValuePair.Create(chosen.Key, (string?)v));

    private static IEnumerable<(string, string)> Terms(ILookup<string, CarriedTerm> terms, PracticeCard practice, string taxonomy) =>
        terms[practice.ContentItemId].Where(t => t.Taxonomy == taxonomy).Select(t => (t.Slug, t.Title));
}
