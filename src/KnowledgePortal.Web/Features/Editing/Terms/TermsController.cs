using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing.Terms;

/// <summary>A taxonomy's terms, and what was wrong with a change that was asked for.</summary>
public sealed record TermsPage(TaxonomyRow Taxonomy, IReadOnlyList<TermRow> Terms, bool MayEdit, string? Done = null, string? Problem = null, string? From = null, string? Into = null, string? Moved = null);

/// <summary>Merges and moves the terms of a taxonomy; what carries them goes on carrying them.</summary>
[Requires(Permission)]
public sealed class TermsController(TermRows rows, TermChanges changes, EditorAccess access, Database database) : Controller
{
    public const string Permission = "ManageTaxonomies";

    [HttpGet("/manage/terms")]
    public async Task<IActionResult> Index() => View(await rows.TaxonomiesAsync());

    [HttpGet("/manage/terms/{alias}")]
    public async Task<IActionResult> Taxonomy([FromRoute] string alias) =>
        await PageAsync(alias) is { } page ? View(page with { Done = TempData[ItemsController.DoneKey] as string }) : NotFound();

    [HttpPost("/manage/terms/{alias}/merge")]
    public async Task<IActionResult> Merge([FromRoute] string alias, [FromForm] string? from, [FromForm] string? into)
    {
        if (await PageAsync(alias) is not { } page) return NotFound();
        if (page.Terms.FirstOrDefault(t => t.TermId == from) is not { } source || page.Terms.FirstOrDefault(t => t.TermId == into) is not { } target || source == target)
            return Refuse(page with { Problem = "เลือกคำที่จะยุบและคำที่จะคงไว้ ให้เป็นคนละคำ", From = from, Into = into });
        return await ChangeAsync(
            page with { From = from, Into = into }, transaction => changes.MergeAsync(page.Taxonomy.TaxonomyId, source.TermId, target.TermId, User.ToVisitor().Actor(), transaction),
            $"รวม “{source.Title}” เข้ากับ “{target.Title}” แล้ว รายการที่ใช้คำเดิมใช้คำใหม่ทั้งหมด");
    }

    [HttpPost("/manage/terms/{alias}/move")]
    public async Task<IActionResult> Move([FromRoute] string alias, [FromForm] string? term, [FromForm] string? parent)
    {
        if (await PageAsync(alias) is not { } page) return NotFound();
        var above = string.IsNullOrEmpty(parent) ? null : parent;
        if (page.Terms.FirstOrDefault(t => t.TermId == term) is not { } moved || above is not null && page.Terms.All(t => t.TermId != above))
            return Refuse(page with { Problem = "เลือกคำที่จะย้ายและคำที่จะอยู่เหนือขึ้นไป", Moved = term });
        return await ChangeAsync(
            page with { Moved = term }, transaction => changes.MoveAsync(page.Taxonomy.TaxonomyId, moved.TermId, above, User.ToVisitor().Actor(), transaction), $"ย้าย “{moved.Title}” แล้ว");
    }

    private async Task<TermsPage?> PageAsync(string alias) =>
        (await rows.TaxonomiesAsync()).FirstOrDefault(t => t.Alias == alias) is { } taxonomy
            ? new TermsPage(taxonomy, await rows.OfAsync(taxonomy.TaxonomyId), await access.FindAsync(taxonomy.TaxonomyId, User.ToVisitor(), ContentAction.Edit) is not null)
            : null;

    private async Task<IActionResult> ChangeAsync(TermsPage page, Func<DatabaseTransaction, Task> change, string done)
    {
        try
        {
            await using var transaction = await database.BeginAsync();
            await change(transaction);
            await transaction.CommitAsync();
        }
        catch (InvalidContentException)
        {
            return Refuse(page with { Problem = "ทำแบบนี้ไม่ได้ เพราะคำหนึ่งอยู่ใต้อีกคำหนึ่ง" });
        }
        TempData[ItemsController.DoneKey] = done;
        Response.Headers.Location = $"/manage/terms/{Uri.EscapeDataString(page.Taxonomy.Alias)}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private ViewResult Refuse(TermsPage page)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Taxonomy", page);
    }
}
