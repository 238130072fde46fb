using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// Topics, agencies, provinces and people that carry something the visitor may see, with their other names. Read once per commit of the index for all
/// who see the same of it.
/// </summary>
public sealed class SuggestionNames(VisibleDocuments visible, CurrentLabels current, TermQueries terms)
{
    private static readonly string[] Fields = [SearchFields.Topic, SearchFields.Agency, SearchFields.Province, SearchFields.Person];

    // Agencies that news names a few times may be pieces of sentences.
    private const int OftenEnough = 5;

    private const int MostShares = 100;

    private volatile Known? _known;

    /// <summary>Names that have what was typed: those that begin with it first, then by how much they stand for.</summary>
    public async Task<IReadOnlyList<Suggestion>> FindAsync(Searcher searcher, string normalized, ViewerTokens viewers, int most) =>
        [.. (await OfAsync(searcher, viewers))
            .Select(name => (name, Rank: name.Rank(normalized))).Where(n => n.Rank < int.MaxValue)
            .OrderBy(n => n.Rank).ThenByDescending(n => n.name.Count).Select(n => n.name.Suggestion).Take(most)];

    private async Task<IReadOnlyList<Name>> OfAsync(Searcher searcher, ViewerTokens viewers)
    {
        var known = _known;
        if (known is null || known.Searcher != searcher) _known = known = new Known(searcher, new());
        var key = visible.Of(searcher, viewers).Key;
        if (known.ByShare.TryGetValue(key, out var names)) return names;
        if (known.ByShare.Count >= MostShares) known.ByShare.Clear();
        known.ByShare[key] = names = await ReadAsync(searcher, viewers);
        return names;
    }

    private async Task<IReadOnlyList<Name>> ReadAsync(Searcher searcher, ViewerTokens viewers)
    {
        var result = searcher.Search(new SearchRequest { Facets = Fields, Top = 0, Visibility = SearchRequests.Visibility(viewers) });
        var labels = await current.OfAsync(searcher);
        var others = (await OtherNamesAsync("topics", "Topic")).Concat(await OtherNamesAsync("agencies", "Agency")).ToLookup(o => o.Title, o => o.Other);
        return [.. from field in Fields from value in result.Facets[field] select Of(field, value)];

        Name Of(string field, FacetCount value)
        {
            var text = labels.Value(field, value.Value);
            var suggestion = field == SearchFields.Person
                ? new Suggestion(text, "บุคคล", Links.OfQuery($"\"{text}\""))
                : new Suggestion(text, FilterLabels.Title(field), Links.OfFilter(field, value.Value));
            return new Name(suggestion, [.. others[text].Prepend(text).Select(n => ThaiNormalizer.Normalize(n).Text)], value.Count, IsDoubtful: field == SearchFields.Agency && value.Count < OftenEnough);
        }
    }

    private async Task<IReadOnlyList<(string Title, string Other)>> OtherNamesAsync(string taxonomy, string part) =>
        [.. from term in await terms.ItemsAsync(taxonomy)
            from other in OtherNames(term, part)
            select (term.DisplayText, other)];

    private static IEnumerable<string> OtherNames(ContentItem term, string part)
    {
        if (term.Parts[part]?["Abbreviation"]?["Text"] is JsonValue abbreviation) yield return abbreviation.ToString();
        foreach (var alias in term.Parts[part]?["Aliases"]?["Values"] as JsonArray ?? [])
            if (alias is not null) yield return alias.ToString();
    }

    private static class Links
    {
        private static readonly SearchInput Everything = new("", new Dictionary<string, IReadOnlyList<string>>(), Page: 1);

        public static string OfQuery(string query) => (Everything with { Query = query }).Address();

        public static string OfFilter(string field, string value) => Everything.With(field, value).Address();
    }

    private sealed record Known(Searcher Searcher, ConcurrentDictionary<string, IReadOnlyList<Name>> ByShare);

    private sealed record Name(Suggestion Suggestion, IReadOnlyList<string> Spellings, long Count, bool IsDoubtful)
    {
        private const int LongEnoughInside = 3;

        // 0 at the beginning, 1 at the beginning of a word, 2 inside, where short words say little and doubtful names nothing.
        public int Rank(string words) => Spellings.Min(spelling => spelling.IndexOf(words, StringComparison.Ordinal) switch
        {
            < 0 => int.MaxValue,
            0 => 0,
            var at when !char.IsLetter(spelling[at - 1]) => 1,
            _ => words.Length >= LongEnoughInside && !IsDoubtful ? 2 : int.MaxValue,
        });
    }
}
