using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Documents;

/// <summary>For the workbench: files whose text readers cannot search, of items that the organizer may change; nothing when there are none.</summary>
public sealed class DocumentsToMend(DocumentQueries documents, RolePermissions permissions) : ViewComponent
{
    private const int Most = 10;

    public async Task<IViewComponentResult> InvokeAsync()
    {
        var mine = new List<UnsearchedDocument>();
        foreach (var file in await documents.UnsearchedAsync())
            if (mine.Count < Most && await permissions.MayAsync(UserClaimsPrincipal.ToVisitor(), ContentAction.Edit, file.ContentType, file.Owner)) mine.Add(file);
        return mine.Count > 0 ? View(mine) : Content("");
    }
}
