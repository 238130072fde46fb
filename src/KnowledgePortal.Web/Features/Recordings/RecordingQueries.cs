using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Reads recordings and their transcripts.</summary>
public sealed class RecordingQueries(Database database, MediaFolder media)
{
    /// <summary>The recording of a session, or null.</summary>
    public async Task<ContentItem?> OfSessionAsync(string sessionId, ViewerTokens viewers) => (await OfSessionsAsync([sessionId], viewers)).GetValueOrDefault(sessionId);

    /// <summary>The recordings of sessions, by session.</summary>
    public async Task<IReadOnlyDictionary<string, ContentItem>> OfSessionsAsync(IReadOnlyCollection<string> sessionIds, ViewerTokens viewers)
    {
        if (sessionIds.Count == 0) return new Dictionary<string, ContentItem>();
        var rows = await database.QueryAsync<(string Session, string Document)>(
            $"""
            select r.session_id, i.document from recording_index r
            join content_items i on i.content_item_id = r.content_item_id and i.published = 1
            where r.session_id in @sessionIds and {ViewerTokens.See("i.content_item_id")}
            """,
            new { sessionIds, viewers = viewers.Values });
        return rows.ToDictionary(r => r.Session, r => ContentItemJson.Read(JsonNode.Parse(r.Document)!.AsObject()));
    }

    /// <summary>The recordings among the items <c>@ids</c>, each with its session.</summary>
    public const string Among = "select content_item_id, session_id from recording_index where content_item_id in @ids;";

    /// <summary>The transcript's cues; none when there are no captions.</summary>
    public async Task<IReadOnlyList<Cue>> CuesAsync(RecordingPart recording) =>
        recording.Captions is { } captions && media.Find(captions) is { } file ? WebVtt.Parse(await File.ReadAllTextAsync(file)) : [];

    /// <summary>Chapters in order; each lasts until the next, the last until the end.</summary>
    public static IReadOnlyList<RecordingChapter> Chapters(ContentItem recording)
    {
        var end = recording.As<RecordingPart>().Duration ?? 0;
        var starts = recording.Bag("Chapters").Select(c => (c.DisplayText, Start: c.As<Chapter>().Start ?? 0)).OrderBy(c => c.Start).ToList();
        return [.. starts.Select((c, i) =>
            new RecordingChapter(c.DisplayText, c.Start, Math.Max(0, (i + 1 < starts.Count ? starts[i + 1].Start : end) - c.Start)))];
    }

    public RecordingSummary Summary(ContentItem recording, SessionRow session)
    {
        var part = recording.As<RecordingPart>();
        return new RecordingSummary(
            WatchPath(session), Address(part.Poster), part.Duration ?? 0, Address(part.Video) is not null, part.IsDemo, Chapters(recording));
    }

    public static string WatchPath(SessionRow session) => $"{session.Path}/watch";

    /// <summary>The address of a media file that is really there.</summary>
    public string? Address(string? mediaPath) => mediaPath is not null && media.Find(mediaPath) is not null ? Media.MediaAddress.Url(mediaPath) : null;
}
