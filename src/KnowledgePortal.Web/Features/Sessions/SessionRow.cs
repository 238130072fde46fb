using KnowledgePortal.Web.Hosting.Themes;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>One session as lists show it; filled from <c>session_index</c> by <see cref="SessionQueries"/>.</summary>
public sealed record SessionRow
{
    public string ContentItemId { get; init; } = "";
    public string Path { get; init; } = "";
    public string Title { get; init; } = "";
    public string OneLine { get; init; } = "";
    public string Kind { get; init; } = SessionKind.Cop;
    public string CommunityId { get; init; } = "";
    public string CommunityTitle { get; init; } = "";
    public string CommunityShortName { get; init; } = "";

    /// <summary>Null while the community has no page.</summary>
    public string? CommunityPath { get; init; }

    public int? SeriesNo { get; init; }
    public int FiscalYear { get; init; }
    public int? AwardYear { get; init; }
    public DateOnly HeldOn { get; init; }
    public TimeOnly? StartTime { get; init; }
    public TimeOnly? EndTime { get; init; }
    public string? HostTitle { get; init; }
    public string? VenueDistrict { get; init; }
    public string? VenueProvince { get; init; }
    public int TakeawayCount { get; init; }
    public int? AttendanceCount { get; init; }
    public string AttendanceQualifier { get; init; } = "unknown";
    public string RecordState { get; init; } = "recorded";
    public int? RecordingSeconds { get; init; }

    /// <summary>Announced, and nobody has written down yet what happened.</summary>
    public bool IsAnnounced => RecordState == "announced";

    /// <summary>The way from the front page to a session.</summary>
    public IReadOnlyList<Crumb> CrumbsAbove =>
        [new("ชุมชนและบันทึก", "/cop"), .. CommunityPath is { } path ? new[] { new Crumb(CommunityShortName, path) } : []];

    public string KindName => SessionKind.ThaiName(Kind);

    /// <summary>CoPs สป.มท. ครั้งที่ 4/2563: how the record is cited; without a number, the community alone.</summary>
    public string Citation => SeriesNo is { } no ? $"{CommunityShortName} ครั้งที่\u00A0{no}/{FiscalYear}" : CommunityShortName;

    /// <summary>กว่า 40 คน, 50 คน, or null when no source says.</summary>
    public string? Attendance => AttendanceCount is { } count && AttendanceQualifier != "unknown"
        ? (AttendanceQualifier == "approx" ? "กว่า\u00A0" : "") + $"{count:N0}\u00A0คน"
        : null;
}

public static class SessionKind
{
    public const string Cop = "cop";
    public const string Exchange = "exchange";
    public const string Workshop = "workshop";

    public static string ThaiName(string kind) => kind switch
    {
        Cop => "เสวนา CoP",
        Exchange => "แลกเปลี่ยนเรียนรู้",
        Workshop => "อบรมเชิงปฏิบัติการ",
        _ => "กิจกรรม",
    };
}
