using System.Collections.Concurrent;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Another search, and how much it finds.</summary>
public sealed record SearchLink(string Label, string Url, long Count);

/// <summary>What to try when nothing was found: only what does find something.</summary>
public sealed record SearchAdvice(IReadOnlyList<SearchLink> WithoutFilter, SearchLink? WithoutFilters, SearchLink? PlainWords, IReadOnlyList<string> Examples);

/// <summary>Looks for searches near the one that was asked.</summary>
public sealed class SearchHelp(SearchRequests requests, SearchExamples examples)
{
    private const int MostFilters = 10; // each is a search of its own
    private const int MostSpellings = 1_000;
    private const int LongestSpelled = 60; // characters: a question is not a slip, and each word is dear
    private const int ShortQuery = 20;
    private const int Enough = 10; // with all of the words
    private const int EnoughOfOneWord = 200; // others make the same slip

    private volatile Spellings _spellings = new(null, new());

    public async Task<SearchAdvice> AfterNothingAsync(SearchInput input, Visitor visitor, Searcher searcher, FilterLabels labels)
    {
        var without = new List<SearchLink>();
        foreach (var (name, value) in input.Filters.SelectMany(f => f.Value.Select(v => (f.Key, v))).Take(MostFilters))
            without.AddRange(await FindAsync(labels.Alone(name, value), input.Without(name, value)) is { } link ? [link] : []);
        var plain = PlainQuery.Words(input.Query);
        return new SearchAdvice(
            without,
            input.Filters.Sum(f => f.Value.Count) > 1 ? await FindAsync("", input.WithoutFilters()) : null,
            plain != input.Query && plain.Length > 0 ? await FindAsync(plain, input with { Query = plain, Page = 1 }) : null,
            await examples.AllAsync());

        async Task<SearchLink?> FindAsync(string label, SearchInput other) =>
            searcher.Search(await requests.CountAsync(other, visitor)).Total is > 0 and var count ? new SearchLink(label, other.Address(), count) : null;
    }

    /// <summary>
    /// The likely spelling, if more has all of its words than has all of the typed ones. The engine looks at the words of all documents; what it says is told
    /// only where something that the visitor sees has all of those words.
    /// </summary>
    public async Task<SearchLink?> DidYouMeanAsync(SearchInput input, Visitor visitor, Searcher searcher)
    {
        if (input.Query.Length is 0 or > LongestSpelled) return null;
        // Comparing words with all others is the dearest part of a search: who found enough is not asked what he meant.
        var found = await CountAsync(input.Query);
        if (found >= (input.Query.Length <= ShortQuery ? EnoughOfOneWord : Enough) || Likelier(input.Query, searcher) is not { } meant) return null;
        var count = await CountAsync(meant);
        return count > found ? new SearchLink(meant, (input with { Query = meant, Page = 1 }).Address(), count) : null;

        async Task<long> CountAsync(string query) =>
            searcher.Search(await requests.CountAsync(input with { Query = PlainQuery.AllWords(query) }, visitor)).Total;
    }

    // Filters and pages ask for the same words again.
    private string? Likelier(string query, Searcher searcher)
    {
        var known = _spellings;
        if (known.Searcher != searcher || known.ByQuery.Count >= MostSpellings) _spellings = known = new Spellings(searcher, new());
        return known.ByQuery.GetOrAdd(query, searcher.DidYouMean);
    }

    private sealed record Spellings(Searcher? Searcher, ConcurrentDictionary<string, string?> ByQuery);
}
