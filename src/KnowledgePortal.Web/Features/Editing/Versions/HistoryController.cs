using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>The versions of an item: who saved what when, how any two differ, and the way back to an old one.</summary>
[OrganizersOnly]
public sealed class HistoryController(EditorAccess access, VersionQueries versions, AuditTrail audit, ContentLifecycle lifecycle, Database database) : Controller
{
    private const int MostEvents = 50;
    private const int MostPages = 100_000;

    [HttpGet("/manage/items/{id}/history")]
    public async Task<IActionResult> Index([FromRoute] string id, int page = 1)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, ContentAction.Preview) is not { } item) return NotFound();
        var count = await versions.CountAsync(id);
        var pageCount = (int)Math.Clamp((count + VersionQueries.PageSize - 1) / VersionQueries.PageSize, 1, MostPages);
        page = Math.Clamp(page, 1, pageCount);
        var rows = await versions.PageAsync(id, page);
        var words = await versions.WordsAsync([], visitor);
        var entries = rows.Take(VersionQueries.PageSize)
            .Select((r, i) => new HistoryEntry(r.Row, i + 1 < rows.Count ? words.Changed(item.ContentType, rows[i + 1].Parts, r.Parts) : null)).ToList();
        return View(new HistoryPage(item, entries, page == 1 ? await audit.LatestAsync(MostEvents, subjectId: id) : [])
        {
            Count = count, Page = page, PageCount = pageCount, MayEdit = await access.MayAsync(visitor, ContentAction.Edit, item),
        });
    }

    /// <summary>Without <paramref name="from"/> a version is compared with the one before it.</summary>
    [HttpGet("/manage/items/{id}/compare")]
    public async Task<IActionResult> Compare([FromRoute] string id, string? from, string? to, bool seen = true)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, ContentAction.Preview) is not { } item || to is null || await versions.FindAsync(id, to) is not { } newer) return NotFound();
        if ((from is null or "" ? await versions.BeforeAsync(id, newer.Row) : await versions.FindAsync(id, from)) is not { } older)
        {
            if (from is { Length: > 0 }) return NotFound();
            older = (new VersionRow(), []);
        }
        if (older.Row.Id > newer.Row.Id) (older, newer) = (newer, older);
        var words = await versions.WordsAsync([older.Parts, newer.Parts], visitor);
        return View(new ComparePage(item, older.Row, newer.Row, words.Between(item.ContentType, older.Parts, newer.Parts), await access.MayAsync(visitor, ContentAction.Edit, item), seen));
    }

    [HttpPost("/manage/items/{id}/versions/{version}/restoration")]
    public async Task<IActionResult> Restore([FromRoute] string id, [FromRoute] string version)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, ContentAction.Edit) is null || await versions.FindAsync(id, version) is not { } old) return NotFound();
        await using (var transaction = await database.BeginAsync())
        {
            await lifecycle.RestoreAsync(id, version, visitor.Actor(), transaction);
            await transaction.CommitAsync();
        }
        TempData[ItemsController.DoneKey] = $"นำฉบับ{VersionPages.When(old.Row)} กลับมาเป็นร่างแล้ว ผู้อ่านยังไม่เห็นจนกว่าจะเผยแพร่ ฉบับก่อนหน้านี้ยังอยู่ในประวัติ";
        Response.Headers.Location = $"/manage/items/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
