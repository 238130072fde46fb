using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using System.Globalization;
using System.Text.Json;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Recordings;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Dresses hits with what the portal knows of them: marked titles and snippets, the session or practice behind, the seconds of a recording.</summary>
public sealed class SearchHits(
    TranscriptSearch transcripts, DocumentSearch documents, Database database)
{
    private const int SnippetLength = 180;
    private const int MostLines = 3;

    public async Task<IReadOnlyList<SearchHit>> DressAsync(SearchResult result, ViewerTokens viewers)
    {
        var ids = result.Hits.Select(h => h.Key).ToList();
        var (recorded, rows, cards) = await BehindAsync(ids, viewers);
        var files = await documents.FindAsync(result.Query, ids);
        var highlighter = transcripts.Highlighter(result.Query);
        var passage = new Passage(result.Query, transcripts.Analyzer);
        return [.. result.Hits.Select(hit => Dress(
            hit, result.Query, highlighter, passage, rows.GetValueOrDefault(recorded.GetValueOrDefault(hit.Key, hit.Key)), cards.GetValueOrDefault(hit.Key))
            with { FileLines = files.GetValueOrDefault(hit.Key) ?? [] })];
    }

    // A recording is shown under the name and the day of its session.
    private Task<(Dictionary<string, string> Recorded, Dictionary<string, SessionRow> Sessions, Dictionary<string, PracticeCard> Practices)> BehindAsync(
        IReadOnlyCollection<string> ids, ViewerTokens viewers) => database.QueryManyAsync(
            RecordingQueries.Among + SessionQueries.Among + PracticeQueries.Among, new { ids, viewers = viewers.Values },
            async results => (
                (await results.ReadAsync<(string Recording, string Session)>()).ToDictionary(r => r.Recording, r => r.Session),
                (await results.ReadAsync<SessionRow>()).ToDictionary(s => s.ContentItemId),
                (await results.ReadAsync<PracticeCard>()).ToDictionary(p => p.ContentItemId)));

    private SearchHit Dress(Hit hit, Query query, Highlighter highlighter, Passage passage, SessionRow? session, PracticeCard? practice)
    {
        var title = hit.Stored(SearchFields.StoredTitle) ?? "";
        var url = hit.Stored(SearchFields.StoredUrl) ?? "/";
        var lines = Lines(hit, query, url);
        var province = hit.Stored(SearchFields.Province);
        return new SearchHit
        {
            ContentItemId = hit.Key,
            ContentType = hit.Stored(SearchFields.Type) ?? "",
            Url = lines.Count > 0 ? lines[0].Url : url,
            Title = title,
            TitleHtml = MarkedText.Html(title, highlighter.Spans(title)),
            SnippetHtml = lines.Count > 0 ? lines[0].Html : Snippet(hit.Stored(SearchFields.StoredBody) ?? "", highlighter, passage),
            FiscalYear = hit.Stored(SearchFields.FiscalYear) is { } year ? int.Parse(year, CultureInfo.InvariantCulture) : null,
            ProvinceSlug = province,
            Session = session,
            Practice = practice,
            PublishedOn = hit.Stored(SearchFields.Day) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Agency = hit.Stored(SearchFields.Organisations),
            Lines = lines,
            Seconds = lines.Count > 0 ? lines[0].Seconds : null,
        };
    }

    private static string Snippet(string body, Highlighter highlighter, Passage passage)
    {
        var (start, end) = passage.In(body);
        var snippet = highlighter.Snippet(body[start..end], SnippetLength);
        return (start > 0 || snippet.IsCutBefore ? "…\u00A0" : "") + MarkedText.Html(snippet.Text.Replace('\n', ' '), snippet.Spans)
            + (end < body.Length || snippet.IsCutAfter ? "\u00A0…" : "");
    }

    private IReadOnlyList<SearchLine> Lines(Hit hit, Query query, string url)
    {
        if (hit.Stored(SearchFields.StoredLines) is not { } json) return [];
        var cues = JsonSerializer.Deserialize<Cue[]>(json) ?? [];
        return [.. transcripts.Find(query, cues).Take(MostLines).Select(match => Line(cues[match.Line], match))];

        SearchLine Line(Cue cue, LineMatch match)
        {
            var second = (int)cue.Start;
            return new SearchLine(second, cue.Speaker, MarkedText.Html(cue.Text, match.Spans), string.Create(CultureInfo.InvariantCulture, $"{url}?t={second}"));
        }
    }
}
