using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.Lists;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>A best practice or a knowledge programme as lists show it.</summary>
public sealed record PracticeCard
{
    public string ContentItemId { get; init; } = "";
    public string ContentType { get; init; } = "BestPractice";
    public string Path { get; init; } = "";
    public string Title { get; init; } = "";
    public string OneLine { get; init; } = "";
    public string? ProvinceTitle { get; init; }
    public string? ProvinceSlug { get; init; }
    public string? ProvinceAbbreviation { get; init; }
    public string? AgencyTitle { get; init; }
    public string? Kind { get; init; }
    public string? AwardTitle { get; init; }
    public string? AwardAbbreviation { get; init; }
    public int? AwardYear { get; init; }
    public string? TrustLevel { get; init; }

    /// <summary>The first measured result, when the source gives one.</summary>
    public string? ResultIndicator { get; init; }
    public string? ResultBefore { get; init; }
    public string? ResultAfter { get; init; }
    public string? ResultUnit { get; init; }

    public bool IsProgramme => ContentType == "KnowledgeProgramme";
    public bool HasResult => !string.IsNullOrEmpty(ResultAfter);
    public string KindName => IsProgramme ? "โครงการความรู้" : Kind ?? "แนวปฏิบัติ";
    public string? TrustName => TrustLevel switch
    {
        "news" => "อ้างอิงข่าว",
        "agency" => "หน่วยงานยืนยันแล้ว",
        "verified" => "ตรวจสอบแล้ว",
        _ => null,
    };
}

/// <summary>/practices with its filters; facets never offer a choice that finds nothing.</summary>
public sealed record PracticesPage(
    IReadOnlyList<PracticeCard> Practices, int Total, IReadOnlyList<Facet> Facets, IReadOnlyList<AppliedFilter> Applied);

/// <summary>One practice or programme.</summary>
public sealed record PracticePage
{
    public required PracticeCard Practice { get; init; }
    public required ContentItem Item { get; init; }
    public string BodyHtml { get; init; } = "";
    public string ProblemHtml { get; init; } = "";
    public string PrerequisitesHtml { get; init; } = "";
    public int? YearStarted { get; init; }
    public string? Stage { get; init; }
    public string? Cost { get; init; }
    public string? TimeToAdopt { get; init; }
    public string? ContactPost { get; init; }
    public IReadOnlyList<string> Partners { get; init; } = [];
    public IReadOnlyList<Takeaway> Steps { get; init; } = [];
    public IReadOnlyList<ResultRow> Results { get; init; } = [];
    public IReadOnlyList<Term> Topics { get; init; } = [];
    public IReadOnlyList<Term> SuccessFactors { get; init; } = [];
    public IReadOnlyList<Term> PmqaCategories { get; init; } = [];
    public string? WebsiteUrl { get; init; }
    public string? WebsiteText { get; init; }

    /// <summary>The session where it was told and the second in its recording, when there is one.</summary>
    public SessionRow? ToldIn { get; init; }
    public int? ToldAt { get; init; }
    public string? WatchPath { get; init; }
    public SourceNote? Source { get; init; }
    public DateOnly? UpdatedOn { get; init; }
    public DateTime? PublishedUtc { get; init; }
    public DateTime? ModifiedUtc { get; init; }
    public IReadOnlyList<PracticeCard> Related { get; init; } = [];
    public string Url { get; init; } = "";
}

public sealed record ResultRow(string Indicator, string Before, string After, string Unit, string Period);
