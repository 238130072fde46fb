namespace KnowledgePortal.Web.Features.Articles;

/// <summary>A news item made ready to become an article.</summary>
/// <param name="SourceId">The id in the file, by which a second import knows the item again.</param>
/// <param name="Title">One line, never empty.</param>
/// <param name="Markdown">Paragraphs without any markup; empty when the item says nothing beyond its title.</param>
/// <param name="Date">When it was published by its own date line, or else the first date that its text says.</param>
/// <param name="SourceUrl">The address that the text names as its source.</param>
/// <param name="Agency">The full name of the agency that it is about.</param>
/// <param name="ContentHash">Equal for items with the same words in the same order, whatever their id, date line, source, spacing and spelling of ำ.</param>
public sealed record ImportedNews(string SourceId, string Title, string Markdown, DateOnly? Date, string? SourceUrl, string? Agency, string ContentHash)
{
    /// <summary>True when the source is a page of its own; the bare address of a site says nothing about two items being the same.</summary>
    public bool HasSourcePage => SourceUrl is not null && new Uri(SourceUrl).PathAndQuery.Length > 1;
}
