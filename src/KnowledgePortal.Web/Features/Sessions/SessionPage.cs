using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>Everything that a session's record shows.</summary>
public sealed record SessionPage
{
    public required SessionRow Session { get; init; }
    public required ContentItem Item { get; init; }

    /// <summary>The summary of the talk as safe HTML; empty when nothing is recorded.</summary>
    public string SummaryHtml { get; init; } = "";
    public string ObjectivesHtml { get; init; } = "";
    public string? ChairName { get; init; }
    public string? ChairPosition { get; init; }
    public string? DelegatedByName { get; init; }
    public string? DelegatedByPosition { get; init; }
    public Term? Host { get; init; }
    public string? Venue { get; init; }
    public string? Mode { get; init; }
    public IReadOnlyList<string> Channels { get; init; } = [];
    public int? RemoteSites { get; init; }
    public string? Audience { get; init; }
    public IReadOnlyList<string> AttendingOrganisations { get; init; } = [];
    public IReadOnlyList<Takeaway> Takeaways { get; init; } = [];
    public IReadOnlyList<AgendaSegment> Agenda { get; init; } = [];
    public IReadOnlyList<SessionSpeaker> Speakers { get; init; } = [];
    public IReadOnlyList<Term> Topics { get; init; } = [];
    public IReadOnlyList<Term> Provinces { get; init; } = [];
    public IReadOnlyList<Term> SuccessFactors { get; init; } = [];
    public IReadOnlyList<Term> PmqaCategories { get; init; } = [];
    public SessionRow? Next { get; init; }


    /// <summary>The community's sessions of the same fiscal year, oldest first; a missing number is a gap.</summary>
    public IReadOnlyList<Fold> Year { get; init; } = [];
    public SourceNote? Source { get; init; }
    public DateOnly? PublishedOn { get; init; }
    public DateOnly? UpdatedOn { get; init; }

    /// <summary>Absolute address for citing.</summary>
    public string Url { get; init; } = "";
}

public sealed record Takeaway(string Title, string Detail);

public sealed record AgendaSegment(string Title, string Speakers);

/// <summary>A person, or an organisation that sent somebody unnamed; <paramref name="Role"/> is speaker, moderator or reporter.</summary>
public sealed record SessionSpeaker(string Name, string Position, string Organisation, string Role)
{
    public string RoleName => Role switch
    {
        "moderator" => "ผู้ดำเนินการเสวนา",
        "reporter" => "ผู้กล่าวรายงาน",
        _ => "วิทยากร",
    };
}

/// <summary>One leaf of a fiscal year's folds; a gap has a number and no session.</summary>
public sealed record Fold(int? SeriesNo, SessionRow? Session, bool IsCurrent);

/// <summary>Where the facts come from.</summary>
public sealed record SourceNote(string Publisher, string? Url, DateOnly? Date);
