using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>The fields that a BestPractice and a KnowledgeProgramme share; a programme lacks some, which then read as empty.</summary>
public abstract class PracticePart : ContentPart
{
    public const string BestPractice = "BestPractice";
    public const string KnowledgeProgramme = "KnowledgeProgramme";

    public string OneLine => Text();
    public IReadOnlyList<string> Agency => TermIds();
    public IReadOnlyList<string> Province => TermIds();
    public int? YearStarted => Integer();
    public string Stage => Text();
    public string Kind => Text();
    public IReadOnlyList<string> Topics => TermIds();
    public IReadOnlyList<string> PmqaCategories => TermIds();
    public IReadOnlyList<string> SuccessFactors => TermIds();
    public string Problem => MarkdownText();
    public string Cost => Text();
    public string TimeToAdopt => Text();
    public string Prerequisites => MarkdownText();
    public string ContactPost => Text();
    public IReadOnlyList<string> Partners => Values();
    public IReadOnlyList<string> OwnerAward => TermIds();
    public int? AwardYear => Integer();
    public Link? Website => Link();
    public string TrustLevel => Text();
    public string? ToldInId => ContentItemIds("ToldIn").FirstOrDefault();
    public int? ToldAt => Integer();
    public string SourcePublisher => Text();
    public Link? Source => Link();
    public DateOnly? SourceDate => Date();

    /// <summary>The part of an item that is a practice or a programme; null for other types.</summary>
    public static PracticePart? Of(ContentItem item) => item.ContentType switch
    {
        BestPractice => item.As<BestPracticePart>(),
        KnowledgeProgramme => item.As<KnowledgeProgrammePart>(),
        _ => null,
    };
}

public sealed class BestPracticePart : PracticePart
{
    protected override string PartName => BestPractice;
}

public sealed class KnowledgeProgrammePart : PracticePart
{
    protected override string PartName => KnowledgeProgramme;
}

/// <summary>An item of the bag Steps.</summary>
public sealed class PracticeStep : ContentPart
{
    public string Detail => Text();
}

/// <summary>An item of the bag Results; its title is the indicator.</summary>
public sealed class ResultRowPart : ContentPart
{
    protected override string PartName => "ResultRow";

    public string Before => Text();
    public string After => Text();
    public string Unit => Text();
    public string Period => Text();
}
