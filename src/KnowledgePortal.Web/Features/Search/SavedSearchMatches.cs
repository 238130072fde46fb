using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// Which of some items a followed search finds. The search page ranks whatever has one of the words; to be told of something, all of the words must be in it.
/// </summary>
public sealed class SavedSearchMatches(SearchIndex index)
{
    /// <summary>The items among <paramref name="itemIds"/>, by the key of each search. What was published before the call counts.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> AmongAsync(IReadOnlyCollection<SavedSearch> searches, IEnumerable<string> itemIds)
    {
        var ids = itemIds.ToHashSet();
        if (searches.Count == 0 || ids.Count == 0) return searches.ToDictionary(s => s.Key, _ => (IReadOnlySet<string>)new HashSet<string>());
        var searcher = await index.CaughtUpAsync();
        return searches.DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => Among(searcher, s, ids));
    }

    // The visibility leaves nothing but these items, so that the rest is never scored; a recording counts as its session. A mail tells what everybody may know.
    private static IReadOnlySet<string> Among(Searcher searcher, SavedSearch search, HashSet<string> ids) =>
        searcher.Search(new SearchRequest
        {
            Query = PlainQuery.AllWords(search.Query), Filters = new Dictionary<string, IReadOnlyList<string>>(search.Filters) { [SearchFields.Viewer] = ViewerTokens.Public.Values },
            Facets = [SearchFields.Item], Top = 0, Visibility = new Visibility(SearchFields.Item, ids),
        }).Facets[SearchFields.Item].Select(item => item.Value).ToHashSet();
}
