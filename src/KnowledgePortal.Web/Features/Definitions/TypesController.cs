using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>The content types of the site: the list, a new one, the settings of one.</summary>
[Requires(Permission)]
public sealed class TypesController(DefinitionRows rows, DefinitionViews pages, DefinitionChanges changes, TypeWriters writers) : Controller
{
    /// <summary>Orchard's name for the right.</summary>
    public const string Permission = "EditContentTypes";
    public const int LongestTitle = 100;

    [HttpGet("/admin/types")]
    public async Task<IActionResult> Index() => View("Definitions/Types", await pages.TypesAsync(new NewTypeInput { Writers = ["Organizer"] }, User.ToVisitor()));

    [HttpPost("/admin/types")]
    public async Task<IActionResult> Create(NewTypeInput input)
    {
        var types = await rows.AllAsync(DefinitionTable.Types);
        var taken = types.Concat(await rows.AllAsync(DefinitionTable.Parts)).Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var title = ReadTitle(input.DisplayName);
        var name = TypedText.Line(input.Name ?? "");
        if (name.Length == 0 && title.Length > 0) name = DefinitionNames.Propose(title, taken);
        else if (DefinitionNames.Problem(name, taken) is { } problem && name.Length > 0) ModelState.AddModelError("Name", problem);
        if (title.Length > 0 && types.Any(t => t.Document["DisplayName"]?.ToString() == title)) ModelState.AddModelError("DisplayName", $"มีชนิดเนื้อหาชื่อ {title} อยู่แล้ว");
        var givable = await pages.WriterRolesAsync(User.ToVisitor());
        var chosen = input.Writers.Where(w => givable.Any(g => g.Name == w)).ToList();
        if (ModelState.IsValid && await CreateAsync(name, title, input, [.. givable.Select(g => g.Name)], chosen)) return this.Done($"/admin/types/{name}", "สร้างชนิดเนื้อหาแล้ว เพิ่มช่องได้ที่ด้านล่าง");
        if (ModelState.IsValid) ModelState.AddModelError("Name", $"มี {name} อยู่แล้ว ให้ใช้ชื่ออื่น");
        return this.Refused(await pages.TypesAsync(input, User.ToVisitor()), "Definitions/Types");
    }

    [HttpGet("/admin/types/{name}")]
    public async Task<IActionResult> Edit(string name) => await pages.TypeAsync(name, User.ToVisitor()) is { } page ? View("Definitions/Type", page) : NotFound();

    [HttpPost("/admin/types/{name}")]
    public async Task<IActionResult> Save(string name)
    {
        if (await rows.FindAsync(DefinitionTable.Types, name) is not { } row) return NotFound();
        var title = ReadTitle(Request.Form["DisplayName"]);
        var document = row.Document;
        if (title.Length > 0 && title != document["DisplayName"]?.ToString()) document["DisplayName"] = title;
        var givable = (await pages.WriterRolesAsync(User.ToVisitor())).Select(r => r.Name).ToList();
        if (SettingForms.Write(PartKinds.OfTypes, row.Settings, Request.Form, ModelState))
        {
            if (await changes.SaveAsync(DefinitionTable.Types, name, document, Request.Form["seen"].ToString(), User.ToActor(), "definition.settings", "",
                transaction => writers.WriteAsync(name, givable, [.. Request.Form["Writers"].OfType<string>()], transaction)))
                return this.Done($"/admin/types/{name}", "บันทึกการตั้งค่าแล้ว");
            return this.Stale(await pages.TypeAsync(name, User.ToVisitor(), Request.Form), "Definitions/Type");
        }
        return this.Refused(await pages.TypeAsync(name, User.ToVisitor(), Request.Form), "Definitions/Type");
    }

    private async Task<bool> CreateAsync(string name, string title, NewTypeInput input, IReadOnlyCollection<string> givable, IReadOnlyCollection<string> chosen)
    {
        var type = new JsonObject
        {
            ["Name"] = name, ["DisplayName"] = title,
            ["Settings"] = new JsonObject
            {
                ["ContentTypeSettings"] = new JsonObject
                {
                    ["Creatable"] = true, ["Listable"] = true, ["Draftable"] = true, ["Versionable"] = true, ["Securable"] = true,
                    ["Description"] = TypedText.Line(input.Description ?? "") is var text && text.Length > SettingPlan.LongestLine ? text[..SettingPlan.LongestLine] : text,
                },
            },
        };
        Attach("TitlePart", "TitlePart", new JsonObject { ["Options"] = "EditableRequired" });
        if (input.HasPage) Attach("AutoroutePart", "AutoroutePart", new JsonObject { ["AllowCustomPath"] = true, ["Pattern"] = "{{ Model.ContentItem | display_text | slugify }}" });
        Attach(name, name, null);
        if (input.HasBody) Attach("MarkdownBodyPart", "MarkdownBodyPart", null);
        var part = new JsonObject { ["Name"] = name, ["Settings"] = new JsonObject { ["ContentPartSettings"] = new JsonObject { ["DisplayName"] = title } }, [DefinitionRow.PartFields] = new JsonArray() };
        return await changes.SaveAsync(DefinitionTable.Types, name, type, "", User.ToActor(), "definition.create", "", async transaction =>
        {
            await DefinitionRows.WriteAsync(DefinitionTable.Parts, name, part, "", transaction);
            await writers.WriteAsync(name, givable, chosen, transaction);
        });

        void Attach(string kind, string attached, JsonObject? settings)
        {
            var record = DefinitionChanges.Add(type, DefinitionRow.TypeParts, "PartName", kind, attached, PartKinds.Find(kind)?.Title ?? title);
            if (settings is not null) record["Settings"]![kind + "Settings"] = settings;
        }
    }

    private string ReadTitle(string? typed)
    {
        var title = TypedText.Line(typed ?? "");
        if (title.Length == 0) ModelState.AddModelError("DisplayName", "ตั้งชื่อที่คนใช้เรียก เช่น คู่มือการเดินทาง");
        else if (title.Length > LongestTitle) ModelState.AddModelError("DisplayName", $"ชื่อยาว {title.Length} ตัวอักษร ให้ไม่เกิน {LongestTitle}");
        return ModelState.ContainsKey("DisplayName") && ModelState["DisplayName"]!.Errors.Count > 0 ? "" : title;
    }
}
