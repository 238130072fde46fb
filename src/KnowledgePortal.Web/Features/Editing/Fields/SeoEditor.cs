using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>SeoMetaPart: what search engines and other sites show of a page. Members without a box stay as they are.</summary>
public sealed class SeoEditor : IFieldEditor
{
    private const int Longest = 500;

    /// <summary>Members with a box, and what people call them.</summary>
    public static IReadOnlyList<(string Name, string Label)> Boxes { get; } =
    [
        ("PageTitle", "ชื่อหน้าในเครื่องมือค้นหา"), ("MetaDescription", "คำอธิบายในเครื่องมือค้นหา"), ("MetaKeywords", "คำสำคัญ"),
        ("Canonical", "ที่อยู่หลัก"), ("MetaRobots", "คำสั่งถึงเครื่องมือค้นหา เช่น noindex"), ("OpenGraphTitle", "ชื่อเมื่อแชร์"), ("OpenGraphDescription", "คำอธิบายเมื่อแชร์"),
    ];

    public string Kind => "SeoMetaPart";

    public string View => "Seo";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        foreach (var (name, _) in Boxes) typed.Set($"{path}.{name}", stored.Text(name));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        foreach (var (name, label) in Boxes)
        {
            var text = TypedText.Line(typed.Text($"{path}.{name}"));
            if (text.Length > Longest) findings.Refuse(path, $"{label}ยาว {text.Length} ตัวอักษร ให้ไม่เกิน {Longest}", $"{name} has {text.Length} characters; at most {Longest} are allowed");
            else if (name == "Canonical" && text.Length > 0 && !LinkEditor.IsAddress(text)) findings.Refuse(path, "ที่อยู่หลักต้องขึ้นต้นด้วย https:// หรือ /", "Canonical has to begin with https:// or /");
            else stored.SetText(name, text, TypedText.Line);
        }
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => string.Join('\n', Boxes.Select(b => typed.Text($"{path}.{b.Name}")).Where(t => t.Length > 0));
}

/// <summary>TaxonomyPart: of which type its terms are. Once there are terms it stays.</summary>
public sealed class TermTypeEditor : IFieldEditor
{
    public string Kind => "TaxonomyPart";

    public string View => "Text";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("TermContentType"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var (type, before) = (typed.Text(path), stored.Text("TermContentType"));
        if (type == before) return;
        if (type.Length == 0 || plan.Choices.All(c => c.Value != type)) findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
        else if (stored["Terms"] is JsonArray { Count: > 0 }) findings.Refuse(path, "ชุดคำนี้มีคำแล้ว เปลี่ยนชนิดของคำไม่ได้", "does not change: the taxonomy has terms");
        else stored["TermContentType"] = type;
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => plan.Choices.FirstOrDefault(c => c.Value == typed.Text(path))?.Label ?? typed.Text(path);
}
