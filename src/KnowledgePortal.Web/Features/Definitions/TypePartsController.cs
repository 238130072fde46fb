using System.Text.Json.Nodes;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>The parts of a type: attach, set, move, detach.</summary>
[Requires(TypesController.Permission)]
public sealed class TypePartsController(DefinitionRows rows, DefinitionViews pages, DefinitionChanges changes, SettingForms forms) : Controller
{
    [HttpPost("/admin/types/{name}/parts")]
    public Task<IActionResult> Attach(string name) => ChangeAsync(name, "definition.attach", "ติดส่วนแล้ว", async document =>
    {
        var kind = Request.Form["PartName"].ToString();
        var page = await pages.TypeAsync(name, User.ToVisitor());
        if (page!.Attachable.FirstOrDefault(a => a.Value == kind) is not { } choice) return Wrong("PartName", "เลือกส่วนจากรายการ");
        var attached = TypedText.Line(Request.Form["As"].ToString());
        var isReusable = await pages.IsReusableAsync(kind);
        if (!isReusable || attached.Length == 0 && page.Parts.All(p => p.Name != kind)) attached = kind;
        if (page.Parts.Any(p => p.Name.Equals(attached, StringComparison.OrdinalIgnoreCase))) return Wrong("As", $"มีส่วนชื่อ {attached} อยู่แล้ว ให้ใช้ชื่ออื่น");
        if (attached != kind && DefinitionNames.Problem(attached, []) is { } problem) return Wrong("As", problem);
        var title = TypedText.Line(Request.Form["Title"].ToString());
        DefinitionChanges.Add(document, DefinitionRow.TypeParts, "PartName", kind, attached, title.Length is > 0 and <= TypesController.LongestTitle ? title : choice.Label);
        return attached;
    });

    [HttpPost("/admin/types/{name}/order")]
    public Task<IActionResult> Order(string name) => ChangeAsync(name, "definition.order", "เรียงลำดับแล้ว", document =>
    {
        DefinitionChanges.Reorder(document, DefinitionRow.TypeParts, DefinitionChanges.Asked(Request.Form));
        return Task.FromResult<string?>("");
    });

    [HttpPost("/admin/types/{name}/parts/{part}/removal")]
    public Task<IActionResult> Detach(string name, string part) => ChangeAsync(name, "definition.detach", "ถอดส่วนแล้ว ข้อมูลของส่วนนี้ยังอยู่ในทุกรายการ", document =>
        Task.FromResult(DefinitionChanges.Remove(document, DefinitionRow.TypeParts, part) ? part : null));

    [HttpGet("/admin/types/{name}/parts/{part}")]
    public async Task<IActionResult> Edit(string name, string part) => await PageAsync(name, part) is { } page ? View("Definitions/Record", page) : NotFound();

    [HttpPost("/admin/types/{name}/parts/{part}")]
    public async Task<IActionResult> Save(string name, string part)
    {
        if (await rows.FindAsync(DefinitionTable.Types, name) is not { } row || row.Records(DefinitionRow.TypeParts).FirstOrDefault(r => r.Name == part) is not { } record) return NotFound();
        var plans = await forms.OfferAsync(PartKinds.PlansOf(record.Kind), record.Settings);
        if (record.Kind == "AutoroutePart" && WrongPattern(record) is { } wrong) ModelState.AddModelError("AutoroutePartSettings.Pattern", wrong);
        if (!SettingForms.Write(plans, record.Settings, Request.Form, ModelState)) return this.Refused(await PageAsync(name, part, Request.Form), "Definitions/Record");
        return await changes.SaveAsync(DefinitionTable.Types, name, row.Document, Request.Form["seen"].ToString(), User.ToActor(), "definition.part-settings", part)
            ? this.Done($"/admin/types/{name}", $"บันทึก{record.DisplayName}แล้ว")
            : this.Stale(await PageAsync(name, part, Request.Form), "Definitions/Record");
    }

    // A pattern below an address of the application itself would give addresses that nobody can open.
    private string? WrongPattern(DefinitionRecord record)
    {
        const string Pattern = "Pattern";
        var typed = TypedText.Line(Request.Form["AutoroutePartSettings.Pattern"].ToString()).TrimStart('/');
        if (typed.Length == 0 || typed == record.Settings["AutoroutePartSettings"]?[Pattern]?.ToString()) return null;
        var prefix = typed.Split("{{")[0];
        return !typed.Contains("{{", StringComparison.Ordinal) ? "แบบของที่อยู่ต้องมี {{ Model.ContentItem | display_text | slugify }}"
            : (AddressRules.WrongCharacter(prefix) ?? (prefix.Length > 0 ? AddressRules.WrongPlace(prefix.Split('/')[0], "") : null))?.Thai;
    }

    private async Task<IActionResult> ChangeAsync(string name, string action, string done, Func<JsonObject, Task<string?>> change)
    {
        if (await rows.FindAsync(DefinitionTable.Types, name) is not { } row) return NotFound();
        var detail = await change(row.Document);
        if (!ModelState.IsValid) return this.Refused(await pages.TypeAsync(name, User.ToVisitor()), "Definitions/Type");
        if (detail is null) return NotFound();
        return await changes.SaveAsync(DefinitionTable.Types, name, row.Document, Request.Form["seen"].ToString(), User.ToActor(), action, detail)
            ? this.Done($"/admin/types/{name}", done)
            : this.Stale(await pages.TypeAsync(name, User.ToVisitor()), "Definitions/Type");
    }

    private async Task<RecordPage?> PageAsync(string name, string part, IFormCollection? typed = null)
    {
        if (await rows.FindAsync(DefinitionTable.Types, name) is not { } row || row.Records(DefinitionRow.TypeParts).FirstOrDefault(r => r.Name == part) is not { } record) return null;
        return new RecordPage
        {
            Record = record, Stamp = row.Stamp, IsField = false,
            KindTitle = PartKinds.Find(record.Kind)?.Title ?? record.Kind,
            Settings = SettingBox.Of(await forms.OfferAsync(PartKinds.PlansOf(record.Kind), record.Settings), record.Settings, typed),
            Address = $"/admin/types/{name}/parts/{part}", Back = $"/admin/types/{name}", BackTitle = row.Document["DisplayName"]?.ToString() ?? name,
        };
    }

    private string? Wrong(string key, string problem)
    {
        ModelState.AddModelError(key, problem);
        return null;
    }
}
