using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Recordings;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Runs a reader's search and dresses the hits with what the portal knows of them.</summary>
public sealed class PortalSearch(
    SearchIndex index, ThaiAnalyzer analyzer, SessionQueries sessions, PracticeQueries practices, TermQueries terms, Database database)
{
    public const int PageSize = 20;
    private const int SnippetLength = 180;
    private const int MostLines = 3;
    private const int MostPageLinks = 7;

    private static readonly string[] Examples = ["เสวนา องค์กรนวัตกรรม 63", "ขอนแก่นศึกษา", "ศอ.บต. นวัตกรรม", "PMQA 4.0"];

    public async Task<SearchPage> RunAsync(SearchInput input)
    {
        if (index.Searcher is not { } searcher) return new SearchPage { Query = input.Query, Examples = Examples, IsCatchingUp = true };
        var result = searcher.Search(new SearchRequest
        {
            Query = input.Query,
            Filters = input.Filters,
            Facets = SearchInput.FilterNames,
            Skip = (input.Page - 1) * PageSize,
            Top = PageSize,
            SortByNumberDescending = input.Query.Length == 0 ? SearchFields.Day : null,
        });
        var pages = (int)Math.Min(SearchInput.MaxPage, (result.Total + PageSize - 1) / PageSize);
        return new SearchPage
        {
            Query = input.Query,
            Total = result.Total,
            Page = input.Page,
            PageCount = pages,
            Tabs = Tabs(input, result),
            Facets = await FacetsAsync(input, result),
            Applied = await AppliedAsync(input),
            Hits = await HitsAsync(result),
            PreviousUrl = input.Page > 1 ? input.Address(input.Page - 1) : null,
            NextUrl = input.Page < pages ? input.Address(input.Page + 1) : null,
            Pages = PageLinks(input, pages),
            Examples = Examples,
            IsCatchingUp = await index.LagAsync() > 0,
        };
    }

    private async Task<IReadOnlyList<SearchHit>> HitsAsync(SearchResult result)
    {
        var ids = result.Hits.Select(h => h.Key).ToList();
        // A recording is shown under the name and the day of its session.
        var recorded = (await database.QueryAsync<(string Recording, string Session)>(
            "select content_item_id, session_id from recording_index where content_item_id in @ids", new { ids })).ToDictionary(r => r.Recording, r => r.Session);
        var rows = await sessions.GetAsync([.. ids, .. recorded.Values]);
        var cards = await practices.GetAsync(ids);
        var highlighter = new Highlighter(result.Query, analyzer);
        return [.. result.Hits.Select(hit => Dress(
            hit, highlighter, rows.GetValueOrDefault(recorded.GetValueOrDefault(hit.Key, hit.Key)), cards.GetValueOrDefault(hit.Key)))];
    }

    private static SearchHit Dress(Hit hit, Highlighter highlighter, SessionRow? session, PracticeCard? practice)
    {
        var title = hit.Stored(SearchFields.StoredTitle) ?? "";
        var url = hit.Stored(SearchFields.StoredUrl) ?? "/";
        var snippet = highlighter.Snippet(hit.Stored(SearchFields.StoredBody) ?? "", SnippetLength);
        var lines = Lines(hit, highlighter, url);
        var province = hit.Stored(SearchFields.Province);
        return new SearchHit
        {
            ContentItemId = hit.Key,
            ContentType = hit.Stored(SearchFields.Type) ?? "",
            Url = lines.Count > 0 ? lines[0].Url : url,
            Title = title,
            TitleHtml = MarkedText.Html(title, highlighter.Spans(title)),
            SnippetHtml = lines.Count > 0 ? lines[0].Html : MarkedText.Html(snippet.Text, snippet.Spans),
            FiscalYear = hit.Stored(SearchFields.FiscalYear) is { } year ? int.Parse(year, CultureInfo.InvariantCulture) : null,
            ProvinceSlug = province,
            Session = session,
            Practice = practice,
            Lines = lines,
            Seconds = lines.Count > 0 ? lines[0].Seconds : null,
        };
    }

    private static IReadOnlyList<SearchLine> Lines(Hit hit, Highlighter highlighter, string url)
    {
        if (hit.Stored(SearchFields.StoredLines) is not { } json) return [];
        var cues = JsonSerializer.Deserialize<Cue[]>(json) ?? [];
        return [.. cues.Select(cue => (cue, score: highlighter.Score(cue.Text))).Where(l => l.score > 0)
            .OrderByDescending(l => l.score).ThenBy(l => l.cue.Start).Take(MostLines)
            .Select(l => Line(l.cue))];

        SearchLine Line(Cue cue)
        {
            var second = (int)cue.Start;
            return new SearchLine(second, cue.Speaker, MarkedText.Html(cue.Text, highlighter.Spans(cue.Text)), string.Create(CultureInfo.InvariantCulture, $"{url}?t={second}"));
        }
    }

    private static IReadOnlyList<SearchTab> Tabs(SearchInput input, SearchResult result)
    {
        var counts = result.Facets[SearchFields.Type];
        var chosen = input.Chosen(SearchFields.Type);
        var all = new SearchTab("ทั้งหมด", counts.Sum(c => c.Count), input.AddressWith(SearchFields.Type), chosen.Count == 0);
        return [all, .. counts.Select(c => new SearchTab(
            ContentTypeNames.Thai(c.Value), c.Count, input.AddressWith(SearchFields.Type, c.Value), chosen.Count == 1 && chosen[0] == c.Value))];
    }

    private async Task<IReadOnlyList<Facet>> FacetsAsync(SearchInput input, SearchResult result)
    {
        var names = await TermTitlesAsync();
        return
        [
            .. new[]
            {
                Facet(SearchFields.FiscalYear, "ปีงบประมาณ", v => v, byValue: true),
                Facet(SearchFields.Type, "ชนิด", ContentTypeNames.Thai),
                Facet(SearchFields.Province, "จังหวัด", v => names.GetValueOrDefault(("provinces", v), v)),
                Facet(SearchFields.Topic, "หัวข้อ", v => names.GetValueOrDefault(("topics", v), v)),
            }.Where(f => f.Choices.Count > 0),
        ];

        Facet Facet(string name, string title, Func<string, string> label, bool byValue = false)
        {
            var chosen = input.Chosen(name);
            var counts = result.Facets[name].Select(c => new FacetChoice(c.Value, label(c.Value), c.Count, chosen.Contains(c.Value)));
            return new Facet(name, title, [.. byValue ? counts.OrderByDescending(c => c.Value, StringComparer.Ordinal) : counts]);
        }
    }

    private async Task<IReadOnlyList<AppliedFilter>> AppliedAsync(SearchInput input)
    {
        var names = await TermTitlesAsync();
        return [.. from filter in input.Filters
                   from value in filter.Value
                   select new AppliedFilter(Label(filter.Key, value), input.AddressWithout(filter.Key, value))];

        string Label(string filter, string value) => filter switch
        {
            SearchFields.FiscalYear => $"ปีงบประมาณ\u00A0{value}",
            SearchFields.Type => ContentTypeNames.Thai(value),
            SearchFields.Province => names.GetValueOrDefault(("provinces", value), value),
            _ => names.GetValueOrDefault(("topics", value), value),
        };
    }

    private async Task<Dictionary<(string Taxonomy, string Slug), string>> TermTitlesAsync() =>
        (await terms.AllAsync("provinces")).Concat(await terms.AllAsync("topics")).ToDictionary(t => (t.Taxonomy, t.Slug), t => t.Title);

    private static IReadOnlyList<PageLink> PageLinks(SearchInput input, int pages)
    {
        var first = Math.Max(1, Math.Min(input.Page - MostPageLinks / 2, pages - MostPageLinks + 1));
        return pages <= 1 ? [] : [.. Enumerable.Range(first, Math.Min(MostPageLinks, pages)).Select(n => new PageLink(n, input.Address(n), n == input.Page))];
    }
}
