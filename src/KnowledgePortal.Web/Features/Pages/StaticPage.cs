using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>A page of plain text: about, privacy, accessibility.</summary>
public sealed record StaticPage(ContentItem Item, string Title, string Summary, string BodyHtml, DateOnly? UpdatedOn);
