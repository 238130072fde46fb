using System.Globalization;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Something to choose while typing: what it is called, what kind of thing it is, and where it is.</summary>
public sealed record Suggestion(string Text, string Kind, string Url);

/// <summary>What a reader may be about to type: words, names, titles. Nothing that the visitor may not see.</summary>
public sealed class SearchSuggestions(
    SearchIndex index, RolePermissions permissions, VisibleDocuments visible, SuggestionNames names, SuggestionTitles titles, SearchedTypes searched)
{
    public const int MaxQueryLength = 100;
    private const int Most = 8;
    private const int MostWords = 2;
    private const int MostWordsChecked = 6;
    private const int MostNames = 3;

    public async Task<IReadOnlyList<Suggestion>> OfAsync(string typed, Visitor visitor)
    {
        var words = typed.Length > MaxQueryLength ? "" : ThaiNormalizer.Normalize(typed.Trim()).Text;
        if (words.Length < 2 || CharUnicodeInfo.GetUnicodeCategory(words[0]) == UnicodeCategory.NonSpacingMark || index.Searcher is not { } searcher) return [];
        var viewers = await permissions.ViewersAsync(visitor);
        var kinds = await searched.NamesAsync();
        var named = await names.FindAsync(searcher, words, viewers, MostNames);
        var titled = await titles.FindAsync(searcher, words, viewers, Most);
        return [.. Completed(searcher, typed.Trim(), viewers).Select(c => new Suggestion(c, "คำค้น", "/search?q=" + Uri.EscapeDataString(c)))
            .Concat(named)
            .Concat(titled.Select(t => new Suggestion(t.Title, kinds.GetValueOrDefault(t.ContentType, t.ContentType), "/" + t.Path)))
            .DistinctBy(s => (s.Text, s.Kind)).Take(Most)];
    }

    // The engine completes from the words of all documents. Who does not see them all gets only what is found in those that he sees.
    private IEnumerable<string> Completed(Searcher searcher, string typed, ViewerTokens viewers)
    {
        if (visible.Of(searcher, viewers).IsAll) return searcher.Suggest(typed, MostWords);
        var eyes = SearchRequests.Visibility(viewers);
        return searcher.Suggest(typed, MostWordsChecked)
            .Where(words => searcher.Search(new SearchRequest { Query = PlainQuery.AllWords(words), Top = 0, Visibility = eyes }).Total > 0).Take(MostWords);
    }
}
