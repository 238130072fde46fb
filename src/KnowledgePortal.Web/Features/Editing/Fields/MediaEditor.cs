using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Editing.Fields;

/// <summary>
/// MediaField: the boxes hold media paths, some of them marked to be removed; files that came with the form have become paths before this reads them
/// (<see cref="FormUploads"/>). Arrays beside the paths are aligned with them by position and stay so.
/// </summary>
public sealed class MediaEditor : IFieldEditor
{
    public string Kind => "MediaField";

    public string View => "Media";

    public void Fill(FieldPlan plan, string path, JsonObject stored, TypedForm typed)
    {
        typed.Set($"{path}.Path", stored.Texts("Paths"));
        typed.Set($"{path}.Text", stored.Texts("MediaTexts"));
    }

    public void Apply(FieldPlan plan, string path, TypedForm typed, JsonObject stored, FormFindings findings)
    {
        var before = stored.Texts("Paths");
        var removed = typed.All($"{path}.Remove");
        var paths = typed.All($"{path}.Path").Where(p => p.Length > 0 && !removed.Contains(p)).Distinct().ToList();
        // Of an only file the last is meant: a new one takes the place of the old.
        if (!plan.Settings.Flag("Multiple", otherwise: true)) paths = [.. paths.TakeLast(1)];
        if (paths.Count > TypedText.MostRows) findings.Refuse(path, $"ให้ไม่เกิน {TypedText.MostRows} ไฟล์", $"holds more than {TypedText.MostRows} files");
        if (!paths.SequenceEqual(before)) Realign(stored, before, paths);
        if (plan.Settings.Flag("AllowMediaText", otherwise: true)) SetTexts(path, typed, stored, paths);
    }

    public string Say(FieldPlan plan, string path, TypedForm typed) => string.Join(", ", typed.All($"{path}.Path"));

    private static void Realign(JsonObject stored, IReadOnlyList<string> before, List<string> paths)
    {
        foreach (var name in stored.Select(m => m.Key).Where(k => k != "Paths" && stored[k] is JsonArray).ToList())
        {
            var values = stored[name]!.AsArray();
            if (values.Count != before.Count) continue;
            stored[name] = new JsonArray([.. paths.Select(p => IndexOf(before, p) is var at && at >= 0 ? values[at]?.DeepClone() : name == "MediaTexts" ? "" : null)]);
        }
        stored["Paths"] = JsonMembers.Array(paths);
        if (!stored.ContainsKey("MediaTexts")) stored["MediaTexts"] = JsonMembers.Array(paths.Select(_ => ""));
    }

    private static void SetTexts(string path, TypedForm typed, JsonObject stored, List<string> paths)
    {
        var (typedPaths, texts) = (typed.All($"{path}.Path"), typed.All($"{path}.Text"));
        if (texts.Count > 0) stored["MediaTexts"] = JsonMembers.Array(paths.Select(p => IndexOf(typedPaths, p) is var at && at >= 0 && at < texts.Count ? TypedText.Line(texts[at]) : ""));
    }

    private static int IndexOf(IReadOnlyList<string> list, string text) => list.ToList().IndexOf(text);
}
