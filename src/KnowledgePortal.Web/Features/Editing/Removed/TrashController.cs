using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing.Removed;

/// <summary>What was removed and can be restored; only who may remove an item finds it here.</summary>
[OrganizersOnly]
public sealed class TrashController(EditorAccess access, RemovedItems removed, ContentDefinitions definitions, ContentLifecycle lifecycle, Database database) : Controller
{
    private const int PageSize = 30;
    private const int MostPages = 1000;

    [HttpGet("/manage/trash")]
    public async Task<IActionResult> Index(int page = 1)
    {
        var visitor = User.ToVisitor();
        var (open, own) = await access.RemovableAsync(visitor);
        page = Math.Clamp(page, 1, MostPages);
        var (items, total) = await removed.PageAsync(own, open, visitor.Name, (page - 1) * PageSize, PageSize);
        return View(new TrashPage(items, total, page, (int)((total + PageSize - 1) / PageSize), await definitions.AllAsync(), TempData[ItemsController.DoneKey] as string));
    }

    [HttpPost("/manage/trash/{id}/restoration")]
    public async Task<IActionResult> Restore([FromRoute] string id)
    {
        var visitor = User.ToVisitor();
        var (open, own) = await access.RemovableAsync(visitor);
        if (await removed.FindAsync(id) is not { } item || !open.Contains(item.ContentType) && !(own.Contains(item.ContentType) && item.Owner == visitor.Name)) return NotFound();
        await using (var transaction = await database.BeginAsync())
        {
            if (await lifecycle.BringBackAsync(id, visitor.Actor(), transaction) is null) return NotFound();
            await transaction.CommitAsync();
        }
        TempData[ItemsController.DoneKey] = $"กู้คืนเป็นร่างแล้ว ผู้อ่านยังไม่เห็นจนกว่าจะเผยแพร่: {item.DisplayText}";
        Response.Headers.Location = await access.FindAsync(id, visitor, ContentAction.Edit) is null ? "/manage/trash" : $"/manage/items/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}

/// <summary>A page of what was removed.</summary>
public sealed record TrashPage(
    IReadOnlyList<RemovedItem> Items, long Total, int Page, int PageCount, IReadOnlyDictionary<string, ContentTypeDefinition> Types, string? Done)
{
    public string TypeName(string name) => Types.GetValueOrDefault(name)?.DisplayName ?? name;

    /// <summary>When the item goes for good.</summary>
    public static DateTime? Until(RemovedItem item) => InvariantTime.Parse(item.RemovedUtc) + RemovedItems.Kept;
}
