using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>TaxonomyField: terms of a taxonomy; chosen ones keep their order, new ones follow.</summary>
public sealed class TaxonomyEditor : IFieldEditor
{
    private const int MostNewTags = 20;
    private const int LongestTag = 100;

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
            findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
            return;
        }
        // A term that the taxonomy does not offer any more is not lost by saving; an only choice takes the place of all.
        var unique = plan.Settings.Flag("Unique");
        var hidden = plan.IsSearched ? [] : before.Where(id => !offered.ContainsKey(id));
        var ids = unique ? chosen.Take(1).ToList() : before.Where(chosen.Contains).Concat(hidden).Concat(chosen).Distinct().ToList();
        var names = ids.ToDictionary(id => id, id => offered.TryGetValue(id, out var label) ? label.TrimStart('—', ' ') : NameBefore(stored, id));
        if (IsOpen(plan) && Added(plan, path, typed, findings) is { Count: > 0 } added)
        {
            foreach (var name in added)
                if (offered.FirstOrDefault(o => o.Value.TrimStart('—', ' ').Equals(name, StringComparison.OrdinalIgnoreCase)).Key is { } known) names[known] = name;
                else names[ContentIds.New()] = name;
            ids = unique ? [names.Keys.Last()] : [.. names.Keys];
        }
        if (ids.SequenceEqual(before)) return;
        stored["TaxonomyContentItemId"] = plan.Settings.Text("TaxonomyContentItemId");
        stored["TermContentItemIds"] = JsonMembers.Array(ids);
        if (plan.EditorName == "Tags" || stored.ContainsKey("TagNames")) stored["TagNames"] = JsonMembers.Array(ids.Select(id => names[id]));
    }

    /// <summary>Whether who writes may add words to the taxonomy; <see cref="NewTags"/> does it when the item is saved.</summary>
    public static bool IsOpen(FieldPlan plan) =>
        plan.EditorName == "Tags" && (plan.AllSettings["TaxonomyFieldTagsEditorSettings"] as JsonObject ?? []).Flag("Open", otherwise: true);

    private static IReadOnlyList<string> Added(FieldPlan plan, string path, TypedForm typed, FormFindings findings)
    {
        var names = typed.Text($"{path}.New").Split([',', '\n', '،', '、']).Select(TypedText.Line).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (names.Count <= MostNewTags && names.All(n => n.Length <= LongestTag)) return names;
        findings.Refuse(path, $"เพิ่ม{plan.Label}ได้ครั้งละไม่เกิน {MostNewTags} คำ คำละไม่เกิน {LongestTag} ตัวอักษร",
            $"takes at most {MostNewTags} new terms at once, each of at most {LongestTag} characters");
        return [];
    }

    private static string NameBefore(JsonObject stored, string id) => stored.Texts("TagNames").ElementAtOrDefault(stored.Texts("TermContentItemIds").ToList().IndexOf(id)) ?? "";

    public string Say(FieldPlan plan, string path, TypedForm typed) => string.Join(", ", new[] { Choices.Say(plan, typed.All(path)), typed.Text($"{path}.New") }.Where(t => t.Length > 0));
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
        if (chosen.Any(id => plan.Choices.All(c => c.Value != id) && !before.Contains(id))) findings.Refuse(path, $"เลือก{plan.Label}จากรายการ", "has to be chosen from the list");
        else if (!chosen.SequenceEqual(before)) stored["ContentItemIds"] = JsonMembers.Array(plan.Settings.Flag("Multiple") ? chosen : chosen.Take(1));
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => Choices.Say(plan, typed.All(path));
}

internal static class Choices
{
    public static string Say(FieldPlan plan, IEnumerable<string> values) =>
        string.Join(", ", values.Where(v => v.Length > 0).Select(v => plan.Choices.FirstOrDefault(c => c.Value == v)?.Label ?? v));
}
