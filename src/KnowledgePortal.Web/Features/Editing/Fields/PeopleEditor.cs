using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>UserPickerField: accounts of the site. Their names are kept beside the ids, for sites that do not know the person.</summary>
public sealed class PeopleEditor : IFieldEditor
{
    public string Kind => "UserPickerField";

    public string View => "Choices";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Texts("UserIds"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var (before, names) = (stored.Texts("UserIds"), stored.Texts("UserNames"));
        var chosen = typed.All(path).Where(v => v.Length > 0).Distinct().ToList();
        if (chosen.Any(id => plan.Choices.All(c => c.Value != id) && !before.Contains(id)))
        {
            findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
            return;
        }
        var ids = plan.IsMany ? [.. before.Where(chosen.Contains), .. chosen.Except(before)] : chosen.Take(1).ToList();
        if (ids.SequenceEqual(before)) return;
        stored["UserIds"] = JsonMembers.Array(ids);
        stored["UserNames"] = JsonMembers.Array(ids.Select(id => plan.Choices.FirstOrDefault(c => c.Value == id)?.Label ?? names.ElementAtOrDefault(before.ToList().IndexOf(id)) ?? ""));
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Choices.Say(plan, typed.All(path));
}

/// <summary>ContentMenuItemPart: the page to which an entry of a menu leads.</summary>
public sealed class MenuTargetEditor : IFieldEditor
{
    public string Kind => "ContentMenuItemPart";

    public string View => "Choices";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, Field(stored).Texts("ContentItemIds"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var before = Field(stored).Texts("ContentItemIds");
        var chosen = typed.All(path).Where(v => v.Length > 0).Take(1).ToList();
        if (chosen.Count == 0) findings.Refuse(path, "เลือกหน้าที่เมนูพาไป", "needs the page to which the entry leads");
        else if (chosen.Any(id => plan.Choices.All(c => c.Value != id) && !before.Contains(id))) findings.Refuse(path, "เลือกหน้าจากรายการ", "has to be chosen from the list");
        else if (!chosen.SequenceEqual(before))
        {
            if (stored["SelectedContentItem"] is not JsonObject) stored["SelectedContentItem"] = new JsonObject();
            stored["SelectedContentItem"]!["ContentItemIds"] = JsonMembers.Array(chosen);
        }
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Choices.Say(plan, typed.All(path));

    private static JsonObject Field(JsonObject stored) => stored["SelectedContentItem"] as JsonObject ?? [];
}

/// <summary>LinkMenuItemPart: the address to which an entry of a menu leads.</summary>
public sealed class MenuLinkEditor : IFieldEditor
{
    public string Kind => "LinkMenuItemPart";

    public string View => "Line";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Url"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var url = TypedText.Line(typed.Text(path));
        if (url.Length == 0 || url.Length > LinkEditor.LongestAddress || !LinkEditor.IsAddress(url))
            findings.Refuse(path, "ที่อยู่ของเมนูเป็นหน้าในเว็บไซต์ เช่น ~/about หรือขึ้นต้นด้วย https://", "has to be a page of this site, such as ~/about, or begin with https://");
        else stored.SetText("Url", url, TypedText.Line);
    }
}
