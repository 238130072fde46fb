using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Merging;
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
        schema = schema.For(await access.MayAsync(visitor, ContentAction.Publish, item));
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
        schema = schema.For(await access.MayAsync(visitor, ContentAction.Publish, item));
        var findings = new FormFindings();
        var typed = schema.Fill(item);
        var restored = await autosaves.FindAsync(visitor.Name!, id);
        // What has no version was typed into a form of a new item that was saved meanwhile, from another window.
        if (restored is not null && (Version(restored.Form) is null || schema.IsSame(TypedForm.Of(restored.Form), typed))) restored = null;
        if (restored is not null) typed = TypedForm.Of(restored.Form);
        schema = await choices.CompleteAsync(schema, typed, visitor);
        if (check)
            foreach (var problem in await drafts.CheckAsync(item)) findings.Refuse($"{problem.Part}.{problem.Field}", problem.Thai, problem.English);
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
        if (await OpenAsync(id, visitor) is not { } edit || await schemas.FindAsync(edit.Item.ContentType, visitor, edit.Item) is not { } schema) return NotFound();
        var mayPublish = await access.MayAsync(visitor, ContentAction.Publish, edit.Item);
        if (publish && !mayPublish) return NotFound();
        // A post without the form's own mark would read as a form in which everything was emptied.
        if (Request.Form["form"] != schema.Type.Name) return BadRequest();
        schema = schema.For(mayPublish);

        var action = Request.Form["action"].ToString();
        if (action == MergeChoices.WholeTheirs)
        {
            await autosaves.ClearAsync(visitor.Name!, id);
            return Done(id, "ใช้ฉบับที่บันทึกไว้ สิ่งที่ท่านพิมพ์ไม่ได้บันทึก");
        }
        var row = RowAction.Of(action);
        var typed = TypedForm.Of(Request.Form, row);
        var findings = new FormFindings();
        schema = await choices.CompleteAsync(schema, typed, visitor, Asked(action, "find:"));
        await uploads.TakeAsync(Request.Form, schema, typed, edit.Item, visitor, findings);
        if (row is { Verb: "add" }) schema.BeginRow(typed, row.Bag);
        if (row is not null || Asked(action, "show:") is not null || Asked(action, "find:") is not null)
            return await AgainAsync(StatusCodes.Status200OK, Asked(action, "show:"));

        if (edit.Start is not null) Choose(action, typed, schema, edit);
        schema.Apply(typed, edit.Item, findings);
        if (findings.Problems.Count > 0) return await AgainAsync(StatusCodes.Status422UnprocessableEntity);
        // What may not publish at once may not do so later either, nor change what is going to be published.
        if (!mayPublish && ScheduledTimes.PublishAt(edit.Item) is not null && edit.Start is { } before && ContentDifference.Between(before.Parts, edit.Item.Parts).Count > 0)
        {
            ScheduledTimes.Set(edit.Item, ScheduledTimes.PublishLater, null);
            findings.Warn("", new("ยกเลิกเวลาเผยแพร่ที่ตั้งไว้ เพราะเนื้อหาเปลี่ยน ผู้มีสิทธิ์เผยแพร่ต้องตรวจและตั้งใหม่", "is not going to be published any more: it has changed, and who may publish has to look at it again"));
        }
        var outcome = await drafts.SaveAsync(edit.Item, edit.Start, PostedVersion(), visitor.Actor(), publish);
        if (outcome.Newer is { } newer)
        {
            if (!schema.IsSame(schema.Fill(edit.Item), schema.Fill(newer))) return await MergeAsync(newer);
            // A form that was sent twice, or by two people with the same words, has been saved: what is left is to publish it.
            outcome = await drafts.SaveAsync(ContentItemJson.Read(ContentItemJson.Write(newer)), newer, ContentVersion.Of(newer), visitor.Actor(), publish);
            if (outcome.Newer is { } newest) return await MergeAsync(newest);
        }
        foreach (var problem in outcome.Problems) findings.Refuse($"{problem.Part}.{problem.Field}", problem.Thai, problem.English);
        if (findings.Problems.Count > 0) return await AgainAsync(StatusCodes.Status422UnprocessableEntity);

        await autosaves.ClearAsync(visitor.Name!, id);
        TempData[WarningsKey] = findings.Warnings.Select(w => w.Words.Thai).ToArray();
        return Done(id, publish ? "เผยแพร่แล้ว ผู้อ่านเห็นฉบับนี้ตั้งแต่ตอนนี้"
            : !outcome.HasChanged && edit.Latest is not null && edit.Start == edit.Latest ? "ไม่มีอะไรเปลี่ยน จึงไม่ได้บันทึกฉบับใหม่" : "บันทึกร่างแล้ว ผู้อ่านยังไม่เห็นฉบับนี้");

        async Task<IActionResult> AgainAsync(int status, string? shown = null)
        {
            var page = await pages.OfAsync(edit.Item, edit.Latest, schema, typed, findings, visitor, PostedVersion(), shown);
            if (Request.Form.ContainsKey(MergeChoices.Common) && edit.Start is { } start)
            {
                var boxes = ContentItemJson.Read(ContentItemJson.Write(start));
                schema.Apply(typed, boxes, new FormFindings());
                page = await pages.MergingAsync(page, edit.Common, boxes, start, visitor, path => MergeChoices.Of(Request.Form, path));
            }
            return Form(page, status);
        }

        async Task<IActionResult> MergeAsync(ContentItem newer) =>
            Form(await pages.MergedAsync(edit.Start, edit.Item, newer, schema, findings, visitor), StatusCodes.Status409Conflict);
    }

    private void Choose(string action, TypedForm typed, FormSchema schema, OpenEdit edit)
    {
        var (theirs, common) = (schema.Fill(edit.Start!), edit.Common is null ? null : schema.Fill(edit.Common));
        if (action == MergeChoices.WholeMine && common is not null) MergeChoices.TakeBack(typed, schema, theirs, common);
        else if (action != MergeChoices.WholeMine) MergeChoices.Apply(Request.Form, typed, theirs, common);
    }

    // A button that changes nothing but the form: the place that it is about.
    private static string? Asked(string action, string verb) => action.StartsWith(verb, StringComparison.Ordinal) ? action[verb.Length..] : null;

    // An id that was never stored belongs to a form of /manage/new; one that was removed stays removed.
    private async Task<OpenEdit?> OpenAsync(string id, Visitor visitor)
    {
        if (!ItemId().IsMatch(id)) return null;
        if (await access.FindAsync(id, visitor, ContentAction.Edit) is { } latest)
        {
            var posted = PostedVersion();
            var start = posted == ContentVersion.Of(latest) ? latest : posted is null ? null : await drafts.VersionAsync(id, posted.ContentItemVersionId);
            var common = Request.Form[MergeChoices.Common].ToString() is { Length: > 0 } version ? await drafts.VersionAsync(id, version) : null;
            return new OpenEdit(ContentItemJson.Read(ContentItemJson.Write(start ?? latest)), start, latest, common);
        }
        var type = Request.Form["form"].ToString();
        if (await pages.ExistsAsync(id) || !(await access.CreatableAsync(visitor)).Any(t => t.Name == type)) return null;
        var item = drafts.New(type, visitor.Actor());
        item.ContentItemId = id;
        return Request.Form["list"].ToString() is { Length: > 0 } list && !await lists.JoinAsync(item, list, visitor) ? null : new OpenEdit(item, null, null, null);
    }

    private StatusCodeResult Done(string id, string what)
    {
        TempData[DoneKey] = what;
        Response.Headers.Location = $"/manage/items/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private ContentVersion? PostedVersion() => Version(Request.Form);

    private static ContentVersion? Version(IFormCollection? form) =>
        form?["version"].ToString() is { Length: > 0 } version ? new ContentVersion(version, InvariantTime.Parse(form["saved"].ToString())) : null;

    private ViewResult Form(EditorPage page, int status)
    {
        Response.StatusCode = status;
        return View("Form", page);
    }

    [GeneratedRegex("^[0-9a-hjkmnp-tv-z]{26}$", RegexOptions.NonBacktracking)]
    private static partial Regex ItemId();

    /// <param name="Item">What the form is read into: a copy of the version that it was filled from.</param>
    /// <param name="Start">That version; null for a new item, and when it is not there any more.</param>
    /// <param name="Latest">What is stored now; null for a new item.</param>
    /// <param name="Common">While two people's work is merged, the version that both began from.</param>
    private sealed record OpenEdit(ContentItem Item, ContentItem? Start, ContentItem? Latest, ContentItem? Common);
}
