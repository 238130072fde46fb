using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>
/// A place in an attached file that matches: <paramref name="Html"/> is encoded text with <c>&lt;mark&gt;</c>, <paramref name="Url"/> leads to the page
/// where the file has pages that a browser can open.
/// </summary>
public sealed record FileLine(string FileName, string Kind, int? Page, string Html, string Url);

/// <summary>Finds the places in the files of found items, with the same analysis as the index.</summary>
public sealed class DocumentSearch(Database database, ThaiAnalyzer analyzer)
{
    private const int MostLines = 3;
    private const int MostWords = 8;
    private const int MostPages = 300;
    private const int SnippetLength = 160;

    // A page with one word of four is no answer where another has all of them.
    private const double ShareOfBest = 0.6;

    /// <summary>The best places, by item; nothing for items without files and for files in which no word of the query stands.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<FileLine>>> FindAsync(Query query, IReadOnlyCollection<string> contentItemIds)
    {
        var words = Words(query.Text);
        if (words.Count == 0 || contentItemIds.Count == 0) return new Dictionary<string, IReadOnlyList<FileLine>>();
        var pages = await PagesAsync(words, contentItemIds);
        if (pages.Count == 0) return new Dictionary<string, IReadOnlyList<FileLine>>();
        var highlighter = new Highlighter(query, analyzer);
        return pages.GroupBy(p => p.ContentItemId)
            .Select(item => (item.Key, Lines: Lines(item, highlighter)))
            .Where(item => item.Lines.Count > 0).ToDictionary(item => item.Key, item => item.Lines);
    }

    private sealed record MatchingPage
    {
        public string ContentItemId { get; init; } = "";
        public string MediaPath { get; init; } = "";
        public string? FileName { get; init; }
        public int? Page { get; init; }
        public string Text { get; init; } = "";
        public int Matches { get; init; }
    }

    /// <summary>The longest words of the query as they are typed; only to choose pages, which are then read as the index reads them.</summary>
    private List<string> Words(string query) =>
        [.. analyzer.Analyze(query).Tokens.Where(t => !t.IsDerived && t.End - t.Start > 1).Select(t => query[t.Start..t.End].ToLowerInvariant()).Distinct()
            .OrderByDescending(w => w.Length).Take(MostWords)];

    private Task<IReadOnlyList<MatchingPage>> PagesAsync(List<string> words, IReadOnlyCollection<string> ids)
    {
        var matches = string.Join(" + ", words.Select((_, i) => $"(case when instr(lower(p.text), @w{i}) > 0 then 1 else 0 end)"));
        var parameters = new Dapper.DynamicParameters();
        parameters.Add("ids", ids);
        parameters.Add("MostPages", MostPages);
        for (var i = 0; i < words.Count; i++) parameters.Add($"w{i}", words[i]);
        return database.QueryAsync<MatchingPage>(
            $"""
            select content_item_id, media_path, file_name, page, text, matches from (
              select u.content_item_id, p.media_path, f.file_name, p.page, p.number, p.text, {matches} as matches from media_usage u
              join documents d on d.media_key = u.media_key
              join document_pages p on p.media_path = d.media_path
              left join media_files f on f.media_path = d.media_path
              where u.published = 1 and u.content_item_id in @ids) found
            where matches > 0 order by matches desc, media_path, number limit @MostPages
            """,
            parameters);
    }

    private static IReadOnlyList<FileLine> Lines(IEnumerable<MatchingPage> pages, Highlighter highlighter)
    {
        var best = pages.ToList();
        return [.. best.Where(p => p.Matches >= best[0].Matches * ShareOfBest).Take(MostLines)
            .Select(p => (Page: p, Snippet: highlighter.Snippet(p.Text, SnippetLength))).Where(p => p.Snippet.Spans.Count > 0)
            .Select(p => new FileLine(p.Page.FileName ?? Path.GetFileName(p.Page.MediaPath), MediaAddress.Kind(p.Page.MediaPath), p.Page.Page, Html(p.Snippet), Url(p.Page)))];
    }

    private static string Html(Snippet snippet) =>
        (snippet.IsCutBefore ? "… " : "") + MarkedText.Html(snippet.Text.Replace('\n', ' '), snippet.Spans) + (snippet.IsCutAfter ? " …" : "");

    private static string Url(MatchingPage page) => page.Page is { } number && MediaAddress.IsPdf(page.MediaPath)
        ? MediaAddress.View(page.MediaPath) + string.Create(CultureInfo.InvariantCulture, $"#page={number}")
        : MediaAddress.Url(page.MediaPath);
}
