using System.Globalization;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Something to choose while typing: what it is called, what kind of thing it is, and where it is.</summary>
public sealed record Suggestion(string Text, string Kind, string Url);

/// <summary>What a reader may be about to type: words, names, titles. Nothing that the visitor may not see.</summary>
public sealed class SearchSuggestions(SearchIndex index, SearchRequests requests, SuggestionNames names, SuggestionTitles titles, SearchedTypes searched)
{
    public const int MaxQueryLength = 100;
    private const int Most = 8;
    private const int MostWords = 2;
    private const int MostNames = 3;

    public async Task<IReadOnlyList<Suggestion>> OfAsync(string typed, Visitor visitor)
    {
        var words = typed.Length > MaxQueryLength ? "" : ThaiNormalizer.Normalize(typed.Trim()).Text;
        if (words.Length < 2 || CharUnicodeInfo.GetUnicodeCategory(words[0]) == UnicodeCategory.NonSpacingMark || index.Searcher is not { } searcher) return [];
        var types = await requests.TypesAsync(visitor);
        var kinds = await searched.NamesAsync();
        // The engine completes from the words of all documents, so only for those who may see them all.
        var completed = types.Count == kinds.Count ? searcher.Suggest(typed.Trim(), MostWords) : [];
        var named = await names.FindAsync(searcher, words, visitor, MostNames);
        var titled = await titles.FindAsync(searcher, words, types, Most);
        return [.. completed.Select(c => new Suggestion(c, "คำค้น", "/search?q=" + Uri.EscapeDataString(c)))
            .Concat(named)
            .Concat(titled.Select(t => new Suggestion(t.Title, kinds.GetValueOrDefault(t.ContentType, t.ContentType), "/" + t.Path)))
            .DistinctBy(s => (s.Text, s.Kind)).Take(Most)];
    }
}
