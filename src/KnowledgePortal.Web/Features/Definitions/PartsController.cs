using System.Text.Json.Nodes;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Parts that types share, and the fields of every part.</summary>
[Requires(TypesController.Permission)]
public sealed class PartsController(DefinitionRows rows, DefinitionViews pages, DefinitionChanges changes, SettingForms forms) : Controller
{
    private const int MostFields = 100;

    [HttpPost("/admin/parts")]
    public async Task<IActionResult> Create()
    {
        var taken = (await rows.AllAsync(DefinitionTable.Types)).Concat(await rows.AllAsync(DefinitionTable.Parts)).Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var title = TypedText.Line(Request.Form["PartTitle"].ToString());
        if (title.Length is 0 or > TypesController.LongestTitle) ModelState.AddModelError("PartTitle", $"ตั้งชื่อส่วน ไม่เกิน {TypesController.LongestTitle} ตัวอักษร");
        var name = ModelState.IsValid ? ReadName("PartName", title, taken, DefinitionNames.Problem) : "";
        if (!ModelState.IsValid) return this.Refused(await pages.TypesAsync(new NewTypeInput(), User.ToVisitor()), "Definitions/Types");
        var part = new JsonObject
        {
            ["Name"] = name,
            ["Settings"] = new JsonObject { ["ContentPartSettings"] = new JsonObject { ["DisplayName"] = title, ["Attachable"] = true } },
            [DefinitionRow.PartFields] = new JsonArray(),
        };
        return await changes.SaveAsync(DefinitionTable.Parts, name, part, "", User.ToActor(), "definition.create", "")
            ? this.Done($"/admin/parts/{name}", "สร้างส่วนแล้ว เพิ่มช่องได้ที่ด้านล่าง")
            : this.Stale(await pages.TypesAsync(new NewTypeInput(), User.ToVisitor()), "Definitions/Types");
    }

    [HttpGet("/admin/parts/{name}")]
    public async Task<IActionResult> Edit(string name) => await pages.PartAsync(name) is { } page ? View("Definitions/Part", page) : NotFound();

    [HttpPost("/admin/parts/{name}")]
    public async Task<IActionResult> Save(string name)
    {
        if (await rows.FindAsync(DefinitionTable.Parts, name) is not { } row) return NotFound();
        if (!SettingForms.Write(PartKinds.OfParts, row.Settings, Request.Form, ModelState)) return this.Refused(await pages.PartAsync(name, Request.Form), "Definitions/Part");
        return await changes.SaveAsync(DefinitionTable.Parts, name, row.Document, Request.Form["seen"].ToString(), User.ToActor(), "definition.settings", "")
            ? this.Done($"/admin/parts/{name}", "บันทึกการตั้งค่าแล้ว")
            : this.Stale(await pages.PartAsync(name, Request.Form), "Definitions/Part");
    }

    [HttpPost("/admin/parts/{name}/fields")]
    public Task<IActionResult> Add(string name) => ChangeAsync(name, "definition.field-add", "เพิ่มช่องแล้ว", document =>
    {
        var fields = DefinitionRow.Ordered(document, DefinitionRow.PartFields);
        var title = TypedText.Line(Request.Form["FieldTitle"].ToString());
        var kind = Request.Form["FieldKind"].ToString();
        if (title.Length is 0 or > TypesController.LongestTitle) ModelState.AddModelError("FieldTitle", $"ตั้งป้ายของช่อง ไม่เกิน {TypesController.LongestTitle} ตัวอักษร");
        if (FieldKinds.Find(kind) is null) ModelState.AddModelError("FieldKind", "เลือกชนิดของช่องจากรายการ");
        if (fields.Count >= MostFields) ModelState.AddModelError("FieldTitle", $"ส่วนหนึ่งมีได้ไม่เกิน {MostFields} ช่อง");
        var field = ModelState.IsValid ? ReadName("FieldName", title, [.. fields.Select(f => f.Name)], DefinitionNames.FieldProblem) : "";
        if (!ModelState.IsValid) return null;
        DefinitionChanges.Add(document, DefinitionRow.PartFields, "FieldName", kind, field, title);
        return field;
    }, field => $"/admin/parts/{name}/fields/{field}");

    [HttpPost("/admin/parts/{name}/order")]
    public Task<IActionResult> Order(string name) => ChangeAsync(name, "definition.order", "เรียงลำดับแล้ว", document =>
    {
        DefinitionChanges.Reorder(document, DefinitionRow.PartFields, DefinitionChanges.Asked(Request.Form));
        return "";
    });

    [HttpPost("/admin/parts/{name}/fields/{field}/removal")]
    public Task<IActionResult> Remove(string name, string field) => ChangeAsync(name, "definition.field-remove", "ลบช่องแล้ว ข้อมูลเดิมของช่องนี้ยังอยู่ในทุกรายการ", document =>
        DefinitionChanges.Remove(document, DefinitionRow.PartFields, field) ? field : null);

    [HttpGet("/admin/parts/{name}/fields/{field}")]
    public async Task<IActionResult> Field(string name, string field) => await FieldAsync(name, field) is { } page ? View("Definitions/Record", page) : NotFound();

    [HttpPost("/admin/parts/{name}/fields/{field}")]
    public async Task<IActionResult> SaveField(string name, string field)
    {
        if (await rows.FindAsync(DefinitionTable.Parts, name) is not { } row || row.Records(DefinitionRow.PartFields).FirstOrDefault(r => r.Name == field) is not { } record) return NotFound();
        var plans = await forms.OfferAsync(FieldKinds.PlansOf(record.Kind, FieldKinds.Find(record.Kind)), record.Settings);
        if (!SettingForms.Write(plans, record.Settings, Request.Form, ModelState) || !IsSound(plans, record)) return this.Refused(await FieldAsync(name, field, Request.Form), "Definitions/Record");
        return await changes.SaveAsync(DefinitionTable.Parts, name, row.Document, Request.Form["seen"].ToString(), User.ToActor(), "definition.field-settings", field)
            ? this.Done(await BackAsync(name), $"บันทึกช่อง{record.DisplayName}แล้ว")
            : this.Stale(await FieldAsync(name, field, Request.Form), "Definitions/Record");
    }

    private bool IsSound(IReadOnlyList<SettingPlan> plans, DefinitionRecord record)
    {
        decimal? Number(string key) => decimal.TryParse(plans.FirstOrDefault(p => p.Key == key)?.Read(record.Settings), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
        if (Number("Minimum") > Number("Maximum")) ModelState.AddModelError("NumericFieldSettings.Maximum", "ค่ามากที่สุดต้องไม่น้อยกว่าค่าน้อยที่สุด");
        if (record.Kind == "TaxonomyField" && Request.Form["TaxonomyFieldSettings.TaxonomyContentItemId"].ToString().Length == 0) ModelState.AddModelError("TaxonomyFieldSettings.TaxonomyContentItemId", "เลือกชุดคำ");
        return ModelState.IsValid;
    }

    // A part that belongs to a type is shown with it, and may have no row before its first field.
    private async Task<IActionResult> ChangeAsync(string name, string action, string done, Func<JsonObject, string?> change, Func<string, string>? then = null)
    {
        var row = await rows.FindAsync(DefinitionTable.Parts, name);
        if (row is null && await rows.FindAsync(DefinitionTable.Types, name) is null) return NotFound();
        var document = row?.Document ?? new JsonObject { ["Name"] = name, ["Settings"] = new JsonObject() };
        var detail = change(document);
        if (ModelState.IsValid && detail is null) return NotFound();
        if (ModelState.IsValid && await changes.SaveAsync(DefinitionTable.Parts, name, document, Request.Form["seen"].ToString(), User.ToActor(), action, detail!))
            return this.Done(then is null ? await BackAsync(name) : then(detail!), done);
        var isStale = ModelState.IsValid;
        (object? page, var view) = await pages.TypeAsync(name, User.ToVisitor()) is { } type ? ((object?)type, "Definitions/Type") : (await pages.PartAsync(name), "Definitions/Part");
        return isStale ? this.Stale(page, view) : this.Refused(page, view);
    }

    private async Task<RecordPage?> FieldAsync(string name, string field, IFormCollection? typed = null)
    {
        if (await rows.FindAsync(DefinitionTable.Parts, name) is not { } row || row.Records(DefinitionRow.PartFields).FirstOrDefault(r => r.Name == field) is not { } record) return null;
        var kind = FieldKinds.Find(record.Kind);
        var type = await rows.FindAsync(DefinitionTable.Types, name);
        return new RecordPage
        {
            Record = record, Stamp = row.Stamp, IsField = true, KindTitle = kind?.Title ?? record.Kind,
            Settings = SettingBox.Of(await forms.OfferAsync(FieldKinds.PlansOf(record.Kind, kind), record.Settings), record.Settings, typed),
            Address = $"/admin/parts/{name}/fields/{field}", Back = await BackAsync(name), BackTitle = (type ?? row).Document["DisplayName"]?.ToString() ?? name,
        };
    }

    private async Task<string> BackAsync(string name) => await rows.FindAsync(DefinitionTable.Types, name) is null ? $"/admin/parts/{name}" : $"/admin/types/{name}";

    private string ReadName(string box, string title, IReadOnlyCollection<string> taken, Func<string, IEnumerable<string>, string?> problemOf)
    {
        var name = TypedText.Line(Request.Form[box].ToString());
        if (name.Length == 0) return DefinitionNames.Propose(title, taken);
        if (problemOf(name, taken) is { } problem) ModelState.AddModelError(box, problem);
        return name;
    }
}
