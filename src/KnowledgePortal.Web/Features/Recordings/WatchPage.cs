using KnowledgePortal.Web.Features.Sessions;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>The player and its transcript.</summary>
public sealed record WatchPage
{
    public required SessionRow Session { get; init; }
    public string Title { get; init; } = "";
    public int Seconds { get; init; }
    public DateTime? UploadedUtc { get; init; }

    /// <summary>Null when the video could not be made on this machine; <see cref="Missing"/> then says what is missing.</summary>
    public string? VideoUrl { get; init; }
    public string? VideoType { get; init; }
    public string? PosterUrl { get; init; }
    public string? CaptionsUrl { get; init; }
    public string? Missing { get; init; }
    public bool IsDemo { get; init; }
    public string? Notice { get; init; }
    public IReadOnlyList<RecordingChapter> Chapters { get; init; } = [];
    public IReadOnlyList<TranscriptLine> Lines { get; init; } = [];

    /// <summary>The second asked for by <c>?t=</c>, within the recording; 0 at the beginning.</summary>
    public int StartAt { get; init; }

    /// <summary>What the reader searched the transcript for (<c>?q=</c>); lines that match are marked.</summary>
    public string Query { get; init; } = "";
    public int HitCount { get; init; }
    public string Url { get; init; } = "";
}

/// <summary>One cue: its second, who speaks (null when the same as before), its text as safe HTML with marked hits.</summary>
public sealed record TranscriptLine(int Start, int End, string? Speaker, string Text, string Html, bool IsHit, int ChapterIndex);
