using KnowledgePortal.Cms.Content;
using KnowledgePortal.Search.Snippets;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using System.Globalization;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>The player with its transcript; <c>?t=</c> starts at a second, <c>?q=</c> marks what was said.</summary>
[CachedPage]
public sealed class RecordingsController(
    ContentManager contents, SessionQueries sessions, RecordingQueries recordings, TranscriptSearch transcripts, PortalSettings settings) : Controller
{
    private const int MaxQueryLength = 200;

    [HttpGet("/cop/{community}/{fiscalYear:int}/{slug}/watch")]
    public async Task<IActionResult> Watch(string community, int fiscalYear, string slug, string? t, string? q)
    {
        var viewers = await HttpContext.ViewersAsync();
        var session = await contents.GetByPathAsync($"cop/{community}/{fiscalYear}/{slug}", viewers);
        if (session is null || await sessions.FindAsync(session.ContentItemId, viewers) is not { } row) return NotFound();
        if (await recordings.OfSessionAsync(row.ContentItemId, viewers) is not { } recording) return NotFound();
        var part = recording.As<RecordingPart>();
        var chapters = RecordingQueries.Chapters(recording);
        var query = (q ?? "").Trim();
        if (query.Length > MaxQueryLength) query = query[..MaxQueryLength];
        var cues = await recordings.CuesAsync(part);
        var lines = Lines(cues, chapters, transcripts.Find(query, cues).ToDictionary(m => m.Line, m => m.Spans));
        var seconds = part.Duration ?? 0;
        var video = recordings.Address(part.Video);
        return View(new WatchPage
        {
            Session = row,
            Title = recording.DisplayText,
            Seconds = seconds,
            UploadedUtc = recording.PublishedUtc,
            VideoUrl = video, VideoType = part.Video is null ? null : MediaAddress.ContentType(part.Video),
            PosterUrl = recordings.Address(part.Poster), CaptionsUrl = recordings.Address(part.Captions),
            Missing = video is null ? "ยังไม่มีไฟล์วิดีโอ เพราะเครื่องแม่ข่ายไม่มีโปรแกรม ffmpeg ที่ใช้สร้างวิดีโอสาธิต" : null,
            IsDemo = part.IsDemo, Notice = part.Notice.Length > 0 ? part.Notice : null,
            Chapters = chapters,
            Lines = lines,
            StartAt = Second(t, seconds),
            Query = query,
            HitCount = lines.Count(l => l.IsHit),
            Url = settings.Absolute(RecordingQueries.WatchPath(row)),
        });
    }

    // The speaker is named when he changes; a line belongs to the chapter in which it begins.
    private static List<TranscriptLine> Lines(IReadOnlyList<Cue> cues, IReadOnlyList<RecordingChapter> chapters, Dictionary<int, IReadOnlyList<TextSpan>> hits)
    {
        var lines = new List<TranscriptLine>(cues.Count);
        string? speaking = null;
        foreach (var cue in cues)
        {
            var spans = hits.GetValueOrDefault(lines.Count);
            var chapter = chapters.TakeWhile(c => c.Start <= cue.Start).Count() - 1;
            lines.Add(new TranscriptLine(
                (int)cue.Start, (int)Math.Ceiling(cue.End), cue.Speaker == speaking ? null : cue.Speaker,
                cue.Text, MarkedText.Html(cue.Text, spans ?? []), spans is not null, Math.Max(0, chapter)));
            speaking = cue.Speaker;
        }
        return lines;
    }

    private static int Second(string? text, int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? Math.Clamp(second, 0, Math.Max(0, seconds)) : 0;
}
