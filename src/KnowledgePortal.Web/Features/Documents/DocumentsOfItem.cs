using KnowledgePortal.Cms.Content;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>The section of an item's page that lists its documents; nothing when it has none.</summary>
public sealed class DocumentsOfItem(DocumentQueries documents) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ContentItem item) =>
        await documents.OfAsync(item) is { Count: > 0 } listed ? View(listed) : Content("");
}
