using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Recordings;

/// <summary>The fields of a Recording.</summary>
public sealed class RecordingPart : ContentPart
{
    public const string ContentType = "Recording";

    protected override string PartName => ContentType;

    public string? SessionId => ContentItemIds("Session").FirstOrDefault();
    public string? Video => Paths().FirstOrDefault();
    public string? Poster => Paths().FirstOrDefault();
    public string? Captions => Paths().FirstOrDefault();
    public int? Duration => Integer();
    public bool IsDemo => Flag();
    public string Notice => Text();
}

/// <summary>An item of the bag Chapters.</summary>
public sealed class Chapter : ContentPart
{
    public int? Start => Integer();
}
