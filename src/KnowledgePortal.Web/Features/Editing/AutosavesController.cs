using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Takes the form while it is being filled in, for the one who fills it in.</summary>
[OrganizersOnly]
[TakesUploads]
public sealed partial class AutosavesController(EditorAccess access, EditorPages pages, Autosaves autosaves, TimeProvider clock) : Controller
{
    [HttpPost("/manage/items/{id}/autosave")]
    public async Task<IActionResult> Keep([FromRoute] string id)
    {
        var visitor = User.ToVisitor();
        var type = Request.Form["form"].ToString();
        if (!ItemId().IsMatch(id)) return NotFound();
        if (await access.FindAsync(id, visitor, ContentAction.Edit) is { } item) type = item.ContentType;
        else if (await pages.ExistsAsync(id) || !(await access.CreatableAsync(visitor)).Any(t => t.Name == type)) return NotFound();
        if (!await autosaves.KeepAsync(visitor.Name!, id, type, Request.Form)) return StatusCode(StatusCodes.Status413PayloadTooLarge);
        return Content($"เก็บสิ่งที่พิมพ์ไว้แล้ว {ThaiDate.Time(BangkokTime.Clock(clock.GetUtcNow().UtcDateTime))}", "text/plain; charset=utf-8");
    }

    [HttpPost("/manage/items/{id}/autosave/removal")]
    public async Task<IActionResult> Drop([FromRoute] string id)
    {
        var visitor = User.ToVisitor();
        await autosaves.ClearAsync(visitor.Name!, id);
        Response.Headers.Location = await access.FindAsync(id, visitor, ContentAction.Edit) is { } item ? $"/manage/items/{item.ContentItemId}"
            : (await access.CreatableAsync(visitor)).FirstOrDefault(t => t.Name == Request.Form["form"]) is { } type ? $"/manage/new/{type.Name}" : "/manage";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    [GeneratedRegex("^[0-9a-hjkmnp-tv-z]{26}$", RegexOptions.NonBacktracking)]
    private static partial Regex ItemId();
}
