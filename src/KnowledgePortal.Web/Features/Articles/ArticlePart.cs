using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>The fields of an Article.</summary>
public sealed class ArticlePart : ContentPart
{
    public const string ContentType = "Article";

    protected override string PartName => ContentType;

    public string Summary => Text();

    /// <summary>The day of the news itself; empty when its text says none.</summary>
    public DateOnly? PublishedOn => Date();
    public string AgencyName => Text();
    public IReadOnlyList<string> Topics => TermIds();
    public IReadOnlyList<string> Provinces => TermIds();
    public Link? Source => Link();

    /// <summary>The id in the file that it was imported from.</summary>
    public string SourceId => Text();
    public string ContentHash => Text();

    /// <summary>The article that says the same and was there first.</summary>
    public string? DuplicateOfId => ContentItemIds("DuplicateOf").FirstOrDefault();
}
