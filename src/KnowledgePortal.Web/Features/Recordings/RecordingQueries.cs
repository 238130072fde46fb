using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>Reads recordings and their transcripts.</summary>
public sealed class RecordingQueries(Database database, ContentManager contents, MediaFolder media)
{
    /// <summary>The recording of a session, or null.</summary>
    public async Task<ContentItem?> OfSessionAsync(string sessionId, ViewerTokens viewers)
    {
        var id = await database.FirstAsync<string>("select content_item_id from recording_index where session_id = @sessionId", new { sessionId });
        return id is null ? null : await contents.GetAsync(id, viewers);
    }

    /// <summary>The recordings of sessions, by session.</summary>
    public async Task<IReadOnlyDictionary<string, ContentItem>> OfSessionsAsync(IReadOnlyCollection<string> sessionIds, ViewerTokens viewers)
    {
        var ids = await database.QueryAsync<(string Session, string Recording)>(
            "select session_id, content_item_id from recording_index where session_id in @sessionIds", new { sessionIds });
        var items = (await contents.GetAsync([.. ids.Select(r => r.Recording).Distinct()], viewers)).ToDictionary(i => i.ContentItemId);
        return ids.Where(r => items.ContainsKey(r.Recording)).DistinctBy(r => r.Session).ToDictionary(r => r.Session, r => items[r.Recording]);
    }

    /// <summary>The sessions of those items that are recordings, by recording.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SessionIdsAsync(IReadOnlyCollection<string> contentItemIds) =>
        (await database.QueryAsync<(string Recording, string Session)>(
            "select content_item_id, session_id from recording_index where content_item_id in @contentItemIds", new { contentItemIds }))
        .ToDictionary(r => r.Recording, r => r.Session);

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
