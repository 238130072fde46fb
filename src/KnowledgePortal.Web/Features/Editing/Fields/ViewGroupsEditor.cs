using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>ViewGroupsPart: everybody, whoever has signed in, or some groups. Nothing in the boxes is everybody.</summary>
public sealed class ViewGroupsEditor : IFieldEditor
{
    public const string Some = "some";
    private const int Most = 100;

    public string Kind => nameof(ViewGroupsPart);

    public string View => "ViewGroups";

    public bool IsPart => true;

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        var groups = stored.Texts(plan.Name);
        if (groups.Count == 0 || groups.Contains(ViewGroups.Everybody)) return;
        var isSignedIn = groups is [ViewGroups.SignedIn];
        typed.Set($"{path}.Who", isSignedIn ? ViewGroups.SignedIn : Some);
        if (!isSignedIn) typed.Set(path, groups);
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var before = stored.Texts(plan.Name);
        var who = typed.Text($"{path}.Who");
        var chosen = who == Some ? typed.All(path).Where(v => v.Length > 0).Distinct().ToList() : who.Length > 0 ? [who] : [];
        if (who is not ("" or ViewGroups.SignedIn or Some)) findings.Refuse(path, "เลือกผู้ที่เห็นรายการนี้จากรายการ", "has to be chosen from the list");
        else if (who == Some && chosen.Count == 0) findings.Refuse(path, "เลือกอย่างน้อยหนึ่งกลุ่ม หรือให้ทุกคนเห็น", "needs a group, or is for everybody");
        else if (chosen.Count > Most) findings.Refuse(path, $"เลือกได้ไม่เกิน {Most} กลุ่ม", $"holds more than {Most} groups");
        else if (who == Some && chosen.Any(group => plan.Choices.All(c => c.Value != group) && !before.Contains(group))) findings.Refuse(path, "เลือกกลุ่มจากรายการ", "holds a group that is not offered");
        else if (chosen.Count == 0) stored.Remove(plan.Name);
        else if (!chosen.SequenceEqual(before)) stored[plan.Name] = JsonMembers.Array(chosen);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => typed.Text($"{path}.Who") switch
    {
        "" => GroupWords.Everybody,
        ViewGroups.SignedIn => GroupWords.SignedIn,
        _ => Choices.Say(plan, typed.All(path)),
    };
}
