using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>The fields of a CopSession.</summary>
public sealed class SessionPart : ContentPart
{
    public const string ContentType = "CopSession";

    protected override string PartName => ContentType;

    public string Kind => Text();
    public string? CommunityId => ContentItemIds("Community").FirstOrDefault();
    public int? SeriesNo => Integer();
    public int? FiscalYear => Integer();
    public int? AwardYear => Integer();
    public DateOnly? HeldOn => Date();
    public TimeOnly? StartTime => Time();
    public TimeOnly? EndTime => Time();
    public string OneLine => Text();
    public string Mode => Text();
    public IReadOnlyList<string> Channels => Values();
    public string Venue => Text();
    public string VenueDistrict => Text();
    public IReadOnlyList<string> VenueProvince => TermIds();
    public IReadOnlyList<string> Provinces => TermIds();
    public IReadOnlyList<string> Host => TermIds();
    public string ChairName => Text();
    public string ChairPosition => Text();
    public string DelegatedByName => Text();
    public string DelegatedByPosition => Text();
    public int? RemoteSites => Integer();
    public int? AttendanceCount => Integer();
    public string AttendanceQualifier => Text();
    public IReadOnlyList<string> AttendingOrganisations => Values();
    public string Audience => Text();
    public string Objectives => MarkdownText();
    public IReadOnlyList<string> Topics => TermIds();
    public IReadOnlyList<string> PmqaCategories => TermIds();
    public IReadOnlyList<string> SuccessFactors => TermIds();
    public string? NextSessionId => ContentItemIds("NextSession").FirstOrDefault();
    public string RecordState => Text();
    public string SourcePublisher => Text();
    public Link? Source => Link();
    public DateOnly? SourceDate => Date();
}

/// <summary>An item of the bag Agenda.</summary>
public sealed class AgendaItem : ContentPart
{
    public string Speakers => Text();
}

/// <summary>An item of the bag Speakers.</summary>
public sealed class Speaker : ContentPart
{
    public string Position => Text();
    public string Organisation => Text();
    public string Role => Text();
}

/// <summary>An item of the bag Takeaways.</summary>
public sealed class TakeawayPart : ContentPart
{
    protected override string PartName => "Takeaway";

    public string Detail => Text();
}
