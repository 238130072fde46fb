using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The form of a content type as its definition makes it: between an item and what is typed, in both directions.</summary>
public sealed record FormSchema(ContentTypeDefinition Type, IReadOnlyList<FieldPlan> Fields, IReadOnlyList<BagPlan> Bags)
{
    private const string TitlePath = "TitlePart.Title";

    /// <summary>Parts of the type that have no form: kept as they are.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Every field of the form with what stands before its path, those in rows included.</summary>
    public IEnumerable<(FieldPlan Plan, string Prefix)> Placed(TypedForm typed) => Fields.Select(f => (f, "")).Concat(
        from bag in Bags
        from row in Enumerable.Range(0, typed.RowCount(bag.Name))
        let prefix = $"{bag.Name}[{row}]."
        from field in RowFields(bag, typed.Text(prefix + "Type"))
        select (field, prefix));

    /// <summary>The same form with other plans for its fields.</summary>
    public FormSchema With(Func<FieldPlan, FieldPlan> change) => this with
    {
        Fields = [.. Fields.Select(change)],
        Bags = [.. Bags.Select(b => b with { RowTypes = [.. b.RowTypes.Select(r => r with { Fields = [.. r.Fields.Select(change)] })] })],
    };

    /// <summary>The form for somebody: who may not publish sets no time for it either.</summary>
    public FormSchema For(bool mayPublish) =>
        mayPublish ? this : this with { Fields = [.. Fields.Where(f => f.Editor.Kind is not (ScheduledTimes.PublishLater or ScheduledTimes.ArchiveLater))] };

    /// <summary>The boxes as the item fills them.</summary>
    public TypedForm Fill(ContentItem item)
    {
        var typed = new TypedForm();
        Fill(Fields, "", item.Parts, typed);
        foreach (var bag in Bags.Where(b => !b.IsTooLarge)) Fill(bag, item, typed);
        return typed;
    }

    private static void Fill(BagPlan bag, ContentItem item, TypedForm typed)
    {
        var rows = NestedRows.Flat(item, bag);
        typed.SetRows(bag.Name, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (prefix, row) = ($"{bag.Name}[{i}].", rows[i].Json);
            typed.Set(prefix + "Id", rows[i].Key);
            typed.Set(prefix + "Type", NestedRows.Member(row, "ContentType"));
            typed.Set(prefix + "Title", NestedRows.Member(row, "DisplayText"));
            if (bag.IsTree) typed.Set(prefix + "Level", $"{rows[i].Level}");
            Fill(RowFields(bag, NestedRows.Member(row, "ContentType")), prefix, row, typed);
            if (typed.Text(prefix + TitlePath).Length == 0) typed.Set(prefix + TitlePath, NestedRows.Member(row, "DisplayText"));
        }
    }

    /// <summary>True when both forms say the same everywhere.</summary>
    public bool IsSame(TypedForm left, TypedForm right) => Fields.Select(f => f.Path).Concat(Bags.Select(b => b.Name)).All(path => left.IsSame(path, right));

    /// <summary>The boxes of a new item: lists stand on their default.</summary>
    public TypedForm Begin()
    {
        var typed = new TypedForm();
        foreach (var field in Fields) field.Editor.Begin(field, field.Path, typed);
        return typed;
    }

    /// <summary>Puts the defaults into a row that was just added.</summary>
    public void BeginRow(TypedForm typed, string bagName)
    {
        if (Bags.FirstOrDefault(b => b.Name == bagName) is not { } bag || typed.RowCount(bagName) is var count && count == 0) return;
        var row = $"{bagName}[{count - 1}]";
        foreach (var field in RowFields(bag, typed.Text($"{row}.Type"))) field.Editor.Begin(field, $"{row}.{field.Path}", typed);
    }

    /// <summary>Writes what is typed into the item. What the definition does not know, and what is wrong, stays as it is in the item.</summary>
    public void Apply(TypedForm typed, ContentItem item, FormFindings findings)
    {
        foreach (var box in typed.BrokenBoxes())
            findings.Refuse(Fields.FirstOrDefault(f => box.StartsWith(f.Path, StringComparison.Ordinal))?.Path ?? box, "มีตัวอักษรที่อ่านไม่ได้ (\uFFFD) ให้พิมพ์ใหม่", "has a broken character (U+FFFD)");
        Apply(Fields, "", typed, item.Parts, findings);
        if (Fields.Any(f => f.Editor is TitleEditor)) item.DisplayText = item.As<TitlePart>().Title;
        else if (item.DisplayText.Length == 0) item.DisplayText = Type.DisplayName;
        foreach (var bag in Bags.Where(b => !b.IsTooLarge)) Apply(bag, typed, item, findings);
    }

    private void Apply(BagPlan bag, TypedForm typed, ContentItem item, FormFindings findings)
    {
        var count = typed.RowCount(bag.Name);
        if (count > bag.Most)
        {
            findings.Refuse(bag.Name, $"{bag.Label}มีมากกว่า {bag.Most} รายการ", $"holds more than {bag.Most} rows");
            return;
        }
        var known = NestedRows.Flat(item, bag).ToDictionary(r => r.Key, r => r.Json);
        var rows = new List<(int Level, JsonObject Json)>();
        for (var i = 0; i < count; i++)
        {
            var prefix = $"{bag.Name}[{i}].";
            if (Row(bag, prefix, known, typed, item, findings) is { } row) rows.Add((int.TryParse(typed.Text(prefix + "Level"), out var level) ? level : 0, row));
        }
        if (rows.Count == 0 && (item.Parts[bag.Name] as JsonObject)?[bag.Member] is null) return;
        if (item.Parts[bag.Name] is not JsonObject) item.Parts[bag.Name] = new JsonObject();
        item.Parts[bag.Name]![bag.Member] = NestedRows.Tree(rows, bag);
    }

    // Null for a row that was added and not filled in.
    private static JsonObject? Row(BagPlan bag, string prefix, Dictionary<string, JsonObject> known, TypedForm typed, ContentItem item, FormFindings findings)
    {
        var isKnown = known.Remove(typed.Text(prefix + "Id"), out var row);
        var type = isKnown ? NestedRows.Member(row!, "ContentType") : typed.Text(prefix + "Type");
        var fields = RowFields(bag, type);
        if (!isKnown && (fields.Count == 0 || IsBlank(fields, prefix, typed))) return null;
        row = isKnown ? row!.DeepClone().AsObject() : NestedRows.New(type, bag, item);
        var hadTitle = row["TitlePart"] is not null;
        Apply(fields, prefix, typed, row, findings);
        if ((row["TitlePart"] as JsonObject)?["Title"] is { } title && row["DisplayText"]?.ToString() != title.ToString()) row["DisplayText"] = title.ToString();
        if (!hadTitle && bag.RowTypes.FirstOrDefault(r => r.Type.Name == type) is { HasTitlePart: false }) row.Remove("TitlePart");
        return row;
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

    // A row in which nothing but a list stands has been added and not filled in.
    private static bool IsBlank(IReadOnlyList<FieldPlan> fields, string prefix, TypedForm typed) =>
        fields.Where(f => f.Editor is not BooleanEditor && !(f.Editor is TextEditor && f.Choices.Count > 0)).All(f => typed.NamesUnder(prefix + f.Path).All(n => string.IsNullOrWhiteSpace(typed.Text(n))));

    private static bool IsBlank(JsonObject stored) => stored.All(m => m.Value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue value => value.TryGetValue(out string? text) ? text.Length == 0 : value.TryGetValue(out bool flag) && !flag,
        _ => false,
    });
}
