using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What takes an item, or its draft, away; and what makes a copy of it.</summary>
[OrganizersOnly]
public sealed class LifecycleController(EditorAccess access, ContentLifecycle lifecycle, ItemQueries items, Database database) : Controller
{
    [HttpPost("/manage/items/{id}/withdrawal")]
    public Task<IActionResult> Withdraw([FromRoute] string id) =>
        DoAsync(id, ContentAction.Publish, lifecycle.UnpublishAsync, "ถอนการเผยแพร่แล้ว ผู้อ่านไม่เห็นรายการนี้ ร่างยังอยู่ครบ");

    [HttpPost("/manage/items/{id}/discard")]
    public Task<IActionResult> Discard([FromRoute] string id) => DoAsync(id, ContentAction.Edit, lifecycle.DiscardDraftAsync, "ทิ้งร่างแล้ว");

    [HttpPost("/manage/items/{id}/removal")]
    public Task<IActionResult> Remove([FromRoute] string id) => DoAsync(id, ContentAction.Delete, lifecycle.RemoveAsync, $"ลบแล้ว กู้คืนได้จากถังขยะภายใน {RemovedItems.Kept.Days} วัน");

    [HttpPost("/manage/items/{id}/copies")]
    public async Task<IActionResult> Copy([FromRoute] string id)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, ContentAction.Preview) is not { } item || !await access.MayCreateAsync(visitor, item.ContentType)) return NotFound();
        ContentItem copy;
        await using (var transaction = await database.BeginAsync())
        {
            copy = await lifecycle.CloneAsync(id, Rename, visitor.Actor(), transaction);
            await transaction.CommitAsync();
        }
        TempData[ItemsController.DoneKey] = $"ทำสำเนาเป็นร่างแล้ว นี่คือสำเนาของ: {item.DisplayText}";
        Response.Headers.Location = $"/manage/items/{copy.ContentItemId}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private static void Rename(ContentItem copy)
    {
        if (copy.Parts["TitlePart"] is not JsonObject title) return;
        copy.DisplayText = $"{(copy.DisplayText.Length > TypedText.LongestTitle - CopyMark.Length ? copy.DisplayText[..(TypedText.LongestTitle - CopyMark.Length)] : copy.DisplayText)}{CopyMark}";
        title["Title"] = copy.DisplayText;
    }

    private const string CopyMark = " (สำเนา)";

    private async Task<IActionResult> DoAsync(string id, ContentAction right, Func<string, Actor, DatabaseTransaction, Task> change, string done)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, right) is not { } item) return NotFound();
        // Removing takes away what readers see as well, which is a publisher's right.
        if (right == ContentAction.Delete && await items.StateAsync(item) != ItemState.Draft && !await access.MayAsync(visitor, ContentAction.Publish, item)) return NotFound();
        await using (var transaction = await database.BeginAsync())
        {
            await change(id, visitor.Actor(), transaction);
            await transaction.CommitAsync();
        }
        TempData[ItemsController.DoneKey] = $"{done}: {item.DisplayText}";
        Response.Headers.Location = await access.FindAsync(id, visitor, ContentAction.Edit) is null ? "/manage" : $"/manage/items/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
