using System.Text.RegularExpressions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>The roles and what each may do. Whoever is no administrator gives and takes only what he holds himself.</summary>
[Requires(Permission)]
[RequestSizeLimit(MostBytes)]
public sealed partial class RolesController(RoleChanges roles) : Controller
{
    /// <summary>Orchard's name for the right.</summary>
    public const string Permission = "ManageRoles";
    private const int MostBytes = 256 * 1024;
    private const int LongestName = 50;
    private const int LongestDescription = 200;

    [HttpGet("/admin/roles")]
    public async Task<IActionResult> Index() => View(new RolesPage(await roles.ListAsync()));

    [HttpPost("/admin/roles")]
    public async Task<IActionResult> Create(string? name, string? description)
    {
        var (title, purpose) = ((name ?? "").Trim(), Purpose(description));
        if (!Name().IsMatch(title) || title.Length > LongestName) ModelState.AddModelError("Name", $"ใช้ตัวอักษรอังกฤษและตัวเลข ขึ้นต้นด้วยตัวอักษร ไม่เกิน {LongestName} ตัว");
        if (ModelState.IsValid && await roles.CreateAsync(title, purpose, User.ToActor())) return this.SeeOther($"/admin/roles/{title}?done=created");
        if (ModelState.IsValid) ModelState.AddModelError("Name", $"มีบทบาท {title} อยู่แล้ว");
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", new RolesPage(await roles.ListAsync(), title, purpose));
    }

    [HttpGet("/admin/roles/{name}")]
    public async Task<IActionResult> Role(string name, string? done) => await roles.FindAsync(name, User.ToVisitor(), done) is { } page ? View("Role", page) : NotFound();

    [HttpPost("/admin/roles/{name}")]
    public async Task<IActionResult> Save([FromRoute] string name)
    {
        if (await roles.FindAsync(name, User.ToVisitor()) is not { MayEverything: false } page) return NotFound();
        // A post without the form's own mark would read as a form in which everything was taken away.
        if (!Request.Form.ContainsKey("seen")) return BadRequest();
        if (ModelState.IsValid && await roles.SaveAsync(page, Request.Form, Purpose(Request.Form["Description"]), User.ToVisitor())) return this.SeeOther($"/admin/roles/{name}?done=saved");
        ModelState.AddModelError("", "มีผู้อื่นแก้บทบาทนี้ไปแล้ว นี่คือสิทธิ์ตอนนี้ ตรวจแล้วบันทึกอีกครั้ง");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("Role", page);
    }

    private static string Purpose(string? typed) => (typed ?? "").ReplaceLineEndings(" ").Trim() is var text && text.Length > LongestDescription ? text[..LongestDescription] : text;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
