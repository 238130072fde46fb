using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>The section of an item's page that lists its documents; nothing when it has none.</summary>
public sealed class DocumentsOfItem(ContentManager contents, DocumentQueries documents) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string contentItemId) =>
        await contents.GetAsync(contentItemId, await HttpContext.ViewersAsync()) is { } item && await documents.OfAsync(item) is { Count: > 0 } listed ? View(listed) : Content("");
}
