using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The fields of a Page.</summary>
public sealed class PagePart : ContentPart
{
    public const string ContentType = "Page";

    protected override string PartName => ContentType;

    public string Summary => Text();
}
