using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The form of a content type as its definition makes it: between an item and what is typed, in both directions.</summary>
public sealed record FormSchema(ContentTypeDefinition Type, IReadOnlyList<FieldPlan> Fields, IReadOnlyList<BagPlan> Bags)
{
    /// <summary>The form for somebody: who may not publish sets no time for it either.</summary>
    public FormSchema For(bool mayPublish) =>
        mayPublish ? this : this with { Fields = [.. Fields.Where(f => f.Editor.Kind is not (ScheduledTimes.PublishLater or ScheduledTimes.ArchiveLater))] };

    /// <summary>The boxes as the item fills them.</summary>
    public TypedForm Fill(ContentItem item)
    {
        var typed = new TypedForm();
        Fill(Fields, "", item.Parts, typed);
        foreach (var bag in Bags)
        {
            var rows = Rows(item, bag.Name);
            typed.SetRows(bag.Name, rows.Count);
            var keys = Keys(rows);
            for (var i = 0; i < rows.Count; i++)
            {
                typed.Set($"{bag.Name}[{i}].Id", keys[i]);
                typed.Set($"{bag.Name}[{i}].Type", Member(rows[i], "ContentType"));
                typed.Set($"{bag.Name}[{i}].Title", Member(rows[i], "DisplayText"));
                Fill(RowFields(bag, Member(rows[i], "ContentType")), $"{bag.Name}[{i}].", rows[i], typed);
            }
        }
        return typed;
    }

    /// <summary>True when both forms say the same everywhere.</summary>
    public bool IsSame(TypedForm left, TypedForm right) => Fields.Select(f => f.Path).Concat(Bags.Select(b => b.Name)).All(path => left.IsSame(path, right));

    /// <summary>The boxes of a new item: lists stand on their default.</summary>
    public TypedForm Begin()
    {
        var typed = new TypedForm();
        SetDefaults(Fields, "", typed);
        return typed;
    }

    /// <summary>Puts the defaults into a row that was just added.</summary>
    public void BeginRow(TypedForm typed, string bagName)
    {
        if (Bags.FirstOrDefault(b => b.Name == bagName) is not { } bag || typed.RowCount(bagName) is var count && count == 0) return;
        var row = $"{bagName}[{count - 1}]";
        SetDefaults(RowFields(bag, typed.Text($"{row}.Type")), row + ".", typed);
    }

    /// <summary>Writes what is typed into the item. What the definition does not know, and what is wrong, stays as it is in the item.</summary>
    public void Apply(TypedForm typed, ContentItem item, FormFindings findings)
    {
        foreach (var box in typed.BrokenBoxes())
            findings.Refuse(Fields.FirstOrDefault(f => box.StartsWith(f.Path, StringComparison.Ordinal))?.Path ?? box, "มีตัวอักษรที่อ่านไม่ได้ (\uFFFD) ให้พิมพ์ใหม่");
        Apply(Fields, "", typed, item.Parts, findings);
        item.DisplayText = item.As<TitlePart>().Title;
        foreach (var bag in Bags) Apply(bag, typed, item, findings);
    }

    private void Apply(BagPlan bag, TypedForm typed, ContentItem item, FormFindings findings)
    {
        var count = typed.RowCount(bag.Name);
        if (count > TypedText.MostRows)
        {
            findings.Refuse(bag.Name, $"{bag.Label}มีมากกว่า {TypedText.MostRows} รายการ");
            return;
        }
        var before = Rows(item, bag.Name);
        var known = Keys(before).Zip(before).ToDictionary(r => r.First, r => r.Second);
        var rows = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var prefix = $"{bag.Name}[{i}].";
            var isKnown = known.Remove(typed.Text(prefix + "Id"), out var row);
            var fields = RowFields(bag, isKnown ? Member(row!, "ContentType") : typed.Text(prefix + "Type"));
            if (!isKnown && (fields.Count == 0 || IsBlank(fields, prefix, typed))) continue;
            row = isKnown ? row!.DeepClone().AsObject() : new JsonObject { ["ContentItemId"] = ContentIds.New(), ["ContentType"] = typed.Text(prefix + "Type"), ["DisplayText"] = "" };
            Apply(fields, prefix, typed, row, findings);
            if ((row["TitlePart"] as JsonObject)?["Title"] is { } title) row["DisplayText"] = title.ToString();
            rows.Add(row);
        }
        if (rows.Count == 0 && item.Parts[bag.Name] is null) return;
        if (item.Parts[bag.Name] is not JsonObject) item.Parts[bag.Name] = new JsonObject();
        item.Parts[bag.Name]!["ContentItems"] = rows;
    }

    public static IReadOnlyList<FieldPlan> RowFields(BagPlan bag, string contentType) => bag.RowTypes.FirstOrDefault(r => r.Type.Name == contentType)?.Fields ?? [];

    private static void Fill(IReadOnlyList<FieldPlan> fields, string prefix, JsonObject parts, TypedForm typed)
    {
        foreach (var field in fields)
            if (field.StoredIn(parts) is { } stored) field.Editor.Fill(field, prefix + field.Path, stored, typed);
    }

    private static void Apply(IReadOnlyList<FieldPlan> fields, string prefix, TypedForm typed, JsonObject parts, FormFindings findings)
    {
        foreach (var field in fields)
        {
            var before = field.StoredIn(parts);
            var stored = before?.DeepClone().AsObject() ?? [];
            field.Editor.Apply(field, prefix + field.Path, typed, stored, findings);
            if (before is not null || !IsBlank(stored)) field.StoreIn(parts, stored);
        }
    }

    private static void SetDefaults(IReadOnlyList<FieldPlan> fields, string prefix, TypedForm typed)
    {
        foreach (var field in fields.Where(f => f.Editor.Kind == "TextField"))
        {
            var list = field.AllSettings["TextFieldPredefinedListEditorSettings"]?["DefaultValue"] ?? field.Settings["DefaultValue"];
            if (list?.ToString() is { Length: > 0 } value) typed.Set(prefix + field.Path, value);
        }
    }

    // A row in which nothing but a list stands has been added and not filled in.
    private static bool IsBlank(IReadOnlyList<FieldPlan> fields, string prefix, TypedForm typed) =>
        fields.Where(f => f.Choices.Count == 0).All(f => typed.NamesUnder(prefix + f.Path).All(n => string.IsNullOrWhiteSpace(typed.Text(n))));

    private static bool IsBlank(JsonObject stored) => stored.All(m => m.Value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue value => value.TryGetValue(out string? text) ? text.Length == 0 : value.TryGetValue(out bool flag) && !flag,
        _ => false,
    });

    private static IReadOnlyList<JsonObject> Rows(ContentItem item, string bag) =>
        (item.Parts[bag] as JsonObject)?["ContentItems"] is JsonArray rows ? [.. rows.OfType<JsonObject>()] : [];

    // Rows of content from elsewhere may lack an id or share one; their place then stands for it.
    private static List<string> Keys(IReadOnlyList<JsonObject> rows)
    {
        var keys = new List<string>();
        foreach (var row in rows) keys.Add(Member(row, "ContentItemId") is { Length: > 0 } id && !keys.Contains(id) ? id : $"#{keys.Count}");
        return keys;
    }

    private static string Member(JsonObject row, string name) => row[name]?.ToString() ?? "";
}
