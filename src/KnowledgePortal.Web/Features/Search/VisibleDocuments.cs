using System.Collections.Concurrent;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What somebody sees of the whole index; those with the same <paramref name="Key"/> see the same.</summary>
public sealed record VisibleShare(string Key, bool IsAll);

/// <summary>Tells alike those who see the same of a commit of the index, so that what is worked out for one serves all of them.</summary>
public sealed class VisibleDocuments
{
    private const int MostKinds = 1_000;
    private volatile Known? _known;

    public VisibleShare Of(Searcher searcher, ViewerTokens viewers)
    {
        var known = _known;
        if (known is null || known.Searcher != searcher || known.ByKey.Count >= MostKinds) _known = known = new Known(searcher, Used(searcher), new());
        // Most tokens of a person stand beside no document at all.
        var key = string.Join('\n', viewers.Values.Where(known.Used.Contains).Order(StringComparer.Ordinal));
        return known.ByKey.GetOrAdd(key, _ => new VisibleShare(key, Count(searcher, viewers) == searcher.DocumentCount));
    }

    private static HashSet<string> Used(Searcher searcher) =>
        searcher.Search(new SearchRequest { Facets = [SearchFields.Viewer], Top = 0 }).Facets[SearchFields.Viewer].Select(v => v.Value).ToHashSet();

    private static long Count(Searcher searcher, ViewerTokens viewers) =>
        searcher.Search(new SearchRequest { Top = 0, Visibility = SearchRequests.Visibility(viewers) }).Total;

    private sealed record Known(Searcher Searcher, IReadOnlySet<string> Used, ConcurrentDictionary<string, VisibleShare> ByKey);
}
