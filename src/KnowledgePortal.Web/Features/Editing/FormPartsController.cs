using System.Text.Encodings.Web;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What the form's scripts ask for while somebody types: a long text as readers will see it, and what a list has with some words.</summary>
[OrganizersOnly]
public sealed class FormPartsController(EditorAccess access, FormSchemas schemas, FormChoices choices, IEnumerable<IFieldEditor> editors) : Controller
{
    [HttpPost("/manage/shown")]
    [RequestSizeLimit(4 * TypedText.LongestBody)]
    public IActionResult Shown(string? kind, string? text)
    {
        text ??= "";
        if (text.Length > TypedText.LongestBody || editors.FirstOrDefault(e => e.Kind == kind)?.Show(text) is not { } html) return UnprocessableEntity();
        using var written = new StringWriter();
        (html.Length > 0 ? ThaiHtml.ThaiMarkup(html) : ThaiHtml.ThaiText("ยังไม่มีข้อความ")).WriteTo(written, HtmlEncoder.Default);
        return Content(written.ToString(), "text/html; charset=utf-8");
    }

    [HttpGet("/manage/choices/{type}/{field}")]
    public async Task<IActionResult> Choices(string type, string field, string? q)
    {
        var visitor = User.ToVisitor();
        if (!(await access.CreatableAsync(visitor)).Any(t => t.Name == type) || await schemas.FindAsync(type, visitor) is not { } schema) return NotFound();
        var plans = schema.Fields.Concat(schema.Bags.SelectMany(b => b.RowTypes).SelectMany(r => r.Fields));
        return plans.FirstOrDefault(p => p.Path == field)?.Source is { Kind: not "file" } source ? Json(await choices.FindAsync(source, visitor, TypedText.Line(q ?? ""))) : NotFound();
    }
}
