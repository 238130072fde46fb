using System.Text.Json.Nodes;
using KnowledgePortal.Web.Hosting.Html;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>TitlePart: one line.</summary>
public sealed class TitleEditor : IFieldEditor
{
    public string Kind => "TitlePart";

    public string View => "Line";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Title"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var title = TypedText.Line(typed.Text(path));
        if (title.Length == 0) findings.Refuse(path, $"กรอก{plan.Label}", "is required");
        else if (title.Length > TypedText.LongestTitle) findings.RefuseLength(path, plan.Label, title, TypedText.LongestTitle);
        else stored.SetText("Title", title, TypedText.Line);
    }
}

/// <summary>AutoroutePart: the address, proposed when left empty.</summary>
public sealed class AddressEditor : IFieldEditor
{
    public string Kind => "AutoroutePart";

    public string View => "Address";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Path"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var address = TypedText.Line(typed.Text(path)).Trim('/');
        if (AddressRules.WrongCharacter(address) is { } wrong) findings.Refuse(path, wrong);
        else stored["Path"] = address;
    }
}

/// <summary>TextField: a line, a text area, or one of a list.</summary>
public sealed class TextEditor : IFieldEditor
{
    public string Kind => "TextField";

    public string View => "Text";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Text"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var text = plan.EditorName == "TextArea" ? TypedText.Lines(typed.Text(path)) : TypedText.Line(typed.Text(path));
        if (text.Length > TypedText.LongestText) findings.RefuseLength(path, plan.Label, text, TypedText.LongestText);
        else if (plan.Choices.Count > 0 && text.Length > 0 && plan.Choices.All(c => c.Value != text) && text != stored.Text("Text")) findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
        else stored.SetText("Text", text, plan.EditorName == "TextArea" ? TypedText.Lines : TypedText.Line);
    }

    public void Begin(FieldPlan plan, string path, TypedForm typed)
    {
        var value = plan.AllSettings["TextFieldPredefinedListEditorSettings"]?["DefaultValue"] ?? plan.Settings["DefaultValue"];
        if (value?.ToString() is { Length: > 0 } text) typed.Set(path, text);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) =>
        plan.Choices.FirstOrDefault(c => c.Value == typed.Text(path))?.Label ?? typed.Text(path);
}

/// <summary>MarkdownField and MarkdownBodyPart.</summary>
public sealed class MarkdownEditor(string kind) : IFieldEditor
{
    public const string Field = "MarkdownField";
    public const string Body = "MarkdownBodyPart";

    public string Kind => kind;

    public string View => "Markdown";

    public bool IsPart => kind == Body;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Markdown"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var text = TypedText.Lines(typed.Text(path));
        if (text.Length > TypedText.LongestBody) findings.RefuseLength(path, plan.Label, text, TypedText.LongestBody);
        else if (!MarkdownHtml.IsReadable(text)) findings.Refuse(path, $"{plan.Label}ซ้อนรายการหรือการอ้างอิงลึกเกินไป ให้ลดระดับลง", "nests lists or quotations too deeply");
        else stored.SetText("Markdown", text, TypedText.Lines);
    }

    public string? Show(string text) => MarkdownHtml.Render(TypedText.Lines(text));
}

/// <summary>HtmlField and HtmlBodyPart: stored as it is written, shown through the allow-list.</summary>
public sealed class HtmlEditor(string kind) : IFieldEditor
{
    public const string Field = "HtmlField";
    public const string Body = "HtmlBodyPart";

    public string Kind => kind;

    public string View => "Html";

    public bool IsPart => kind == Body;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Html"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var text = TypedText.Lines(typed.Text(path));
        if (text.Length > TypedText.LongestBody) findings.RefuseLength(path, plan.Label, text, TypedText.LongestBody);
        else stored.SetText("Html", text, TypedText.Lines);
    }

    public string? Show(string text) => HtmlSanitizer.Sanitize(TypedText.Lines(text));
}

/// <summary>AliasPart: a name by which other places find the item.</summary>
public sealed class AliasEditor : IFieldEditor
{
    private const int Longest = 735;

    public string Kind => "AliasPart";

    public string View => "Line";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Text("Alias"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var alias = TypedText.Line(typed.Text(path));
        if (alias.Length > Longest) findings.RefuseLength(path, plan.Label, alias, Longest);
        else stored.SetText("Alias", alias, TypedText.Line);
    }
}

/// <summary>MultiTextField: one value per line, or boxes to tick where the definition has options.</summary>
public sealed class MultiTextEditor : IFieldEditor
{
    private const int LongestLine = 500;

    public string Kind => "MultiTextField";

    public string View => "MultiText";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) =>
        typed.Set(path, plan.Choices.Count > 0 ? stored.Texts("Values") : [string.Join('\n', stored.Texts("Values"))]);

    public void Begin(FieldPlan plan, string path, TypedForm typed)
    {
        if (plan.Settings["Options"] is JsonArray options)
            typed.Set(path, options.OfType<JsonObject>().Where(o => o.Flag("default")).Select(o => o.Text("value")));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var before = stored.Texts("Values");
        var lines = typed.All(path).SelectMany(t => TypedText.Lines(t).Split('\n')).Select(TypedText.Line).Where(l => l.Length > 0).Distinct().ToList();
        if (plan.Choices.Count > 0 && lines.Any(l => plan.Choices.All(c => c.Value != l) && !before.Contains(l)))
        {
            findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
            return;
        }
        if (plan.Choices.Count > 0) lines.AddRange(before.Where(b => plan.Choices.All(c => c.Value != b) && !lines.Contains(b)));
        if (lines.Count > TypedText.MostRows) findings.Refuse(path, $"{plan.Label}มี {lines.Count} บรรทัด ให้ไม่เกิน {TypedText.MostRows}", $"holds {lines.Count} values; at most {TypedText.MostRows} are allowed");
        else if (lines.FirstOrDefault(l => l.Length > LongestLine) is { } tooLong) findings.Refuse(path, $"บรรทัดที่ขึ้นต้นว่า “{tooLong[..30]}” ยาวเกิน {LongestLine} ตัวอักษร", $"holds a value with more than {LongestLine} characters; it begins with “{tooLong[..30]}”");
        else if (!lines.SequenceEqual(before)) stored["Values"] = JsonMembers.Array(lines);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => plan.Choices.Count > 0 ? Choices.Say(plan, typed.All(path)) : typed.Text(path);
}
