using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>TaxonomyField: terms of a taxonomy; chosen ones keep their order, new ones follow.</summary>
public sealed class TaxonomyEditor : IFieldEditor
{
    public string Kind => "TaxonomyField";

    public string View => "Choices";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Texts("TermContentItemIds"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var offered = plan.Choices.ToDictionary(c => c.Value, c => c.Label);
        var before = stored.Texts("TermContentItemIds");
        var chosen = typed.All(path).Where(v => v.Length > 0).Distinct().ToList();
        if (chosen.Any(id => !offered.ContainsKey(id) && !before.Contains(id)))
        {
            findings.Refuse(path, $"เลือก{plan.Label}จากรายการ");
            return;
        }
        // A term that the taxonomy does not offer any more is not lost by saving; an only choice takes the place of all.
        var unique = plan.Settings.Flag("Unique");
        var hidden = before.Where(id => !offered.ContainsKey(id));
        var ids = unique ? chosen.Take(1).ToList() : before.Where(chosen.Contains).Concat(hidden).Concat(chosen).Distinct().ToList();
        if (ids.SequenceEqual(before)) return;
        stored["TaxonomyContentItemId"] = plan.Settings.Text("TaxonomyContentItemId");
        stored["TermContentItemIds"] = JsonMembers.Array(ids);
        if (plan.EditorName == "Tags" || stored.ContainsKey("TagNames")) stored["TagNames"] = JsonMembers.Array(ids.Select(id => offered.GetValueOrDefault(id, "")));
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Choices.Say(plan, typed.All(path));
}

/// <summary>ContentPickerField: other items.</summary>
public sealed class PickerEditor : IFieldEditor
{
    public string Kind => "ContentPickerField";

    public string View => "Choices";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed) => typed.Set(path, stored.Texts("ContentItemIds"));

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var before = stored.Texts("ContentItemIds");
        var chosen = typed.All(path).Where(v => v.Length > 0).Distinct().ToList();
        if (chosen.Any(id => plan.Choices.All(c => c.Value != id) && !before.Contains(id))) findings.Refuse(path, $"เลือก{plan.Label}จากรายการ");
        else if (!chosen.SequenceEqual(before)) stored["ContentItemIds"] = JsonMembers.Array(plan.Settings.Flag("Multiple") ? chosen : chosen.Take(1));
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Choices.Say(plan, typed.All(path));
}

internal static class Choices
{
    public static string Say(FieldPlan plan, IEnumerable<string> values) =>
        string.Join(", ", values.Where(v => v.Length > 0).Select(v => plan.Choices.FirstOrDefault(c => c.Value == v)?.Label ?? v));
}
