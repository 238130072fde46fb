namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>What a session's record shows of its recording; chapters start at a second.</summary>
public sealed record RecordingSummary(
    string WatchPath, string? PosterUrl, int Seconds, bool HasVideo, bool IsDemo, IReadOnlyList<RecordingChapter> Chapters);

public sealed record RecordingChapter(string Title, int Start, int Seconds);
