using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Provinces;
using KnowledgePortal.Web.Features.Search;

namespace KnowledgePortal.Web.Features.Digests;

public sealed record InterestChoice(string TermId, string Slug, string Title);

public sealed record InterestGroup(string Title, IReadOnlyList<InterestChoice> Choices);

/// <summary>Everything that can be chosen: topics, and provinces by region.</summary>
public sealed record InterestList(IReadOnlyList<InterestChoice> Topics, IReadOnlyList<InterestGroup> Regions, InterestNames Names)
{
    private IEnumerable<InterestChoice> Provinces => Regions.SelectMany(r => r.Choices);

    /// <summary>The interests that these slugs stand for; null when one of them is unknown.</summary>
    public Interests? Find(IReadOnlyCollection<string> topics, IReadOnlyCollection<string> provinces, SavedSearch? search = null)
    {
        var found = Topics.Where(t => topics.Contains(t.Slug)).Concat(Provinces.Where(p => provinces.Contains(p.Slug))).Select(c => c.TermId).ToList();
        return found.Count == topics.Count + provinces.Count ? new Interests(found, search) : null;
    }

    public IReadOnlySet<string> TopicSlugs(Interests interests) => Slugs(Topics, interests);

    public IReadOnlySet<string> ProvinceSlugs(Interests interests) => Slugs(Provinces, interests);

    private static HashSet<string> Slugs(IEnumerable<InterestChoice> choices, Interests interests) =>
        [.. choices.Where(c => interests.TermIds.Contains(c.TermId)).Select(c => c.Slug)];
}

/// <summary>Reads what can be chosen.</summary>
public sealed class InterestChoices(TermQueries terms, ProvinceQueries provinces)
{
    public async Task<InterestList> LoadAsync()
    {
        var topics = (await terms.AllAsync(InterestKinds.Topics)).Select(t => new InterestChoice(t.TermId, t.Slug, t.Title));
        var ids = (await terms.AllAsync(InterestKinds.Provinces)).ToDictionary(t => t.Slug, t => t.TermId);
        var regions = ProvinceRegions.Of(await provinces.TilesAsync(ViewerTokens.Public))
            .Select(r => new InterestGroup(r.Name, [.. r.Provinces.Select(p => new InterestChoice(ids[p.Slug], p.Slug, p.Title))]));
        return new InterestList([.. topics], [.. regions], await InterestNames.LoadAsync(terms));
    }
}
