using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The form of an item: new, opened, saved, saved and published.</summary>
[OrganizersOnly]
[TakesUploads]
public sealed partial class ItemsController(EditorAccess access, FormSchemas schemas, FormChoices choices, FormUploads uploads, Drafts drafts, EditorPages pages, ListChildren lists, Autosaves autosaves) : Controller
{
    public const string DoneKey = "Done";
    private const string WarningsKey = "Warnings";

    [HttpGet("/manage/new/{type}")]
    public async Task<IActionResult> New(string type, string? list)
    {
        var visitor = User.ToVisitor();
        if (!(await access.CreatableAsync(visitor)).Any(t => t.Name == type) || await schemas.FindAsync(type, visitor) is not { } schema) return NotFound();
        var item = drafts.New(type, visitor.Actor());
        if (list is not null && !await lists.JoinAsync(item, list, visitor)) return NotFound();
        var typed = schema.Begin();
        var restored = list is null ? await autosaves.FindNewAsync(visitor.Name!, type) : null;
        if (restored is not null) (typed, item.ContentItemId) = (TypedForm.Of(restored.Form), restored.ContentItemId);
        var page = await pages.OfAsync(item, null, await choices.CompleteAsync(schema, typed, visitor), typed, new FormFindings(), visitor);
        return Form(page with { RestoredUtc = restored?.SavedUtc }, StatusCodes.Status200OK);
    }

    [HttpGet("/manage/items/{id}")]
    public async Task<IActionResult> Edit([FromRoute] string id, bool check = false)
    {
        var visitor = User.ToVisitor();
        if (await access.FindAsync(id, visitor, ContentAction.Edit) is not { } item || await schemas.FindAsync(item.ContentType, visitor, item) is not { } schema) return NotFound();
        var findings = new FormFindings();
        var typed = schema.Fill(item);
        var restored = await autosaves.FindAsync(visitor.Name!, id);
        if (restored is not null && EditorForms.IsSame(schema, TypedForm.Of(restored.Form), item)) restored = null;
        if (restored is not null) typed = TypedForm.Of(restored.Form);
        schema = await choices.CompleteAsync(schema, typed, visitor);
        if (check)
            foreach (var problem in await drafts.CheckAsync(item)) findings.Refuse($"{problem.Part}.{problem.Field}", problem.Thai);
        var page = await pages.OfAsync(item, item, schema, typed, findings, visitor, Version(restored?.Form));
        return Form(page with { RestoredUtc = restored?.SavedUtc, Done = TempData[DoneKey] as string, Warnings = TempData[WarningsKey] as string[] ?? [] }, StatusCodes.Status200OK);
    }

    [HttpPost("/manage/items/{id}")]
    public Task<IActionResult> Save([FromRoute] string id) => SaveAsync(id, publish: false);

    [HttpPost("/manage/items/{id}/publication")]
    public Task<IActionResult> Publish([FromRoute] string id) => SaveAsync(id, publish: true);

    private async Task<IActionResult> SaveAsync(string id, bool publish)
    {
        var visitor = User.ToVisitor();
        if (await OpenAsync(id, visitor) is not var (item, before) || await schemas.FindAsync(item.ContentType, visitor, item) is not { } schema) return NotFound();
        if (publish && !await access.MayAsync(visitor, ContentAction.Publish, item)) return NotFound();
        // A post without the form's own mark would read as a form in which everything was emptied.
        if (Request.Form["form"] != schema.Type.Name) return BadRequest();

        var action = Request.Form["action"].ToString();
        var row = RowAction.Of(action);
        var typed = TypedForm.Of(Request.Form, row);
        var findings = new FormFindings();
        schema = await choices.CompleteAsync(schema, typed, visitor, Asked(action, "find:"));
        await uploads.TakeAsync(Request.Form, schema, typed, item, visitor, findings);
        if (row is { Verb: "add" }) schema.BeginRow(typed, row.Bag);
        if (row is not null || Asked(action, "show:") is not null || Asked(action, "find:") is not null)
            return Form(await pages.OfAsync(item, before, schema, typed, findings, visitor, PostedVersion(), shown: Asked(action, "show:")), StatusCodes.Status200OK);

        schema.Apply(typed, item, findings);
        if (findings.Problems.Count > 0) return await RefuseAsync();
        var outcome = await drafts.SaveAsync(item, before, PostedVersion(), visitor.Actor(), publish);
        // A form that was sent twice has saved once; the second finds its own work.
        if (outcome.Newer is { } newer && !(newer.Author == visitor.Name && newer.Published == publish && EditorForms.IsSame(schema, schema.Fill(item), newer)))
            return Form(await pages.OfAsync(item, newer, schema, typed, findings, visitor, newer: newer), StatusCodes.Status409Conflict);
        foreach (var problem in outcome.Problems) findings.Refuse($"{problem.Part}.{problem.Field}", problem.Thai);
        if (findings.Problems.Count > 0) return await RefuseAsync();

        await autosaves.ClearAsync(visitor.Name!, id);
        TempData[DoneKey] = publish ? "เผยแพร่แล้ว ผู้อ่านเห็นฉบับนี้ตั้งแต่ตอนนี้" : "บันทึกร่างแล้ว ผู้อ่านยังไม่เห็นฉบับนี้";
        TempData[WarningsKey] = findings.Warnings.Select(w => w.Text).ToArray();
        Response.Headers.Location = $"/manage/items/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);

        async Task<IActionResult> RefuseAsync() =>
            Form(await pages.OfAsync(item, before, schema, typed, findings, visitor, PostedVersion()), StatusCodes.Status422UnprocessableEntity);
    }

    // A button that changes nothing but the form: the place that it is about.
    private static string? Asked(string action, string verb) => action.StartsWith(verb, StringComparison.Ordinal) ? action[verb.Length..] : null;

    // An id that was never stored belongs to a form of /manage/new; one that was removed stays removed.
    private async Task<(ContentItem Item, ContentItem? Before)?> OpenAsync(string id, Visitor visitor)
    {
        if (!ItemId().IsMatch(id)) return null;
        if (await access.FindAsync(id, visitor, ContentAction.Edit) is { } stored) return (stored, ContentItemJson.Read(ContentItemJson.Write(stored)));
        var type = Request.Form["form"].ToString();
        if (await pages.ExistsAsync(id) || !(await access.CreatableAsync(visitor)).Any(t => t.Name == type)) return null;
        var item = drafts.New(type, visitor.Actor());
        item.ContentItemId = id;
        return Request.Form["list"].ToString() is { Length: > 0 } list && !await lists.JoinAsync(item, list, visitor) ? null : (item, null);
    }

    private ContentVersion? PostedVersion() => Version(Request.Form);

    private static ContentVersion? Version(IFormCollection? form) =>
        form?["version"].ToString() is { Length: > 0 } version ? new ContentVersion(version, InvariantTime.Parse(form["saved"].ToString())) : null;

    private ViewResult Form(EditorPage page, int status)
    {
        Response.StatusCode = status;
        return View("Form", page);
    }

    [GeneratedRegex("^[0-9a-hjkmnp-tv-z]{26}$")]
    private static partial Regex ItemId();
}
