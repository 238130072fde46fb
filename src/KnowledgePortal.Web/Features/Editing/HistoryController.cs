using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Who did what with an item, and when.</summary>
[OrganizersOnly]
public sealed class HistoryController(EditorAccess access, ItemQueries items, AuditTrail audit) : Controller
{
    private const int MostEvents = 200;

    [HttpGet("/manage/items/{id}/history")]
    public async Task<IActionResult> Show([FromRoute] string id) =>
        await access.FindAsync(id, User.ToVisitor(), ContentAction.Preview) is { } item
            ? View(new HistoryPage(item, await items.VersionsAsync(id), await audit.LatestAsync(MostEvents, subjectId: id)))
            : NotFound();
}
