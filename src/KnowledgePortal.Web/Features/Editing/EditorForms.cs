using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes what a page shows of a form: entries with what is typed, what is wrong with it, and what somebody else wrote meanwhile.</summary>
public static class EditorForms
{
    /// <param name="schema">The form of the type.</param>
    /// <param name="typed">What stands in the boxes.</param>
    /// <param name="findings">What is wrong.</param>
    /// <param name="theirs">The version that somebody else saved; null when nobody did.</param>
    /// <param name="shown">The path of the Markdown to show as readers will see it.</param>
    public static IReadOnlyList<FormSection> Sections(FormSchema schema, TypedForm typed, FormFindings findings, ContentItem? theirs = null, string? shown = null)
    {
        var other = theirs is null ? null : schema.Fill(theirs);
        var entries = schema.Fields.Select(plan => (FormEntry)Field(plan, "", typed, findings, other, shown))
            .Concat(schema.Bags.Select(bag => Bag(bag, typed, findings, other, shown)));
        return FormLayouts.Arrange(schema.Type.Name, [.. entries]);
    }

    /// <summary>True when the boxes say the same as an item does.</summary>
    public static bool IsSame(FormSchema schema, TypedForm typed, ContentItem item)
    {
        var other = schema.Fill(item);
        return schema.Fields.All(f => Differs(f, "", typed, other) is null) && schema.Bags.All(b => Differs(b, typed, other) is null);
    }

    private static ItemField Field(FieldPlan plan, string prefix, TypedForm typed, FormFindings findings, TypedForm? other, string? shown)
    {
        var path = prefix + plan.Path;
        return new ItemField(plan, prefix, typed)
        {
            Errors = [.. findings.Problems.Where(p => p.Path == path).Select(p => p.Text)],
            Warnings = [.. findings.Warnings.Where(p => p.Path == path).Select(p => p.Text)],
            ShownHtml = shown == path ? plan.Editor.Show(typed.Text(path)) : null,
            Theirs = other is null || prefix.Length > 0 ? null : Differs(plan, prefix, typed, other),
        };
    }

    private static FormBag Bag(BagPlan plan, TypedForm typed, FormFindings findings, TypedForm? other, string? shown)
    {
        var rows = Enumerable.Range(0, typed.RowCount(plan.Name)).Select(i =>
        {
            var prefix = $"{plan.Name}[{i}].";
            var type = typed.Text(prefix + "Type");
            return new FormRow(i, typed.Text(prefix + "Id"), type, typed.Text(prefix + "Title"),
                [.. FormSchema.RowFields(plan, type).Select(f => Field(f, prefix, typed, findings, other, shown))])
            { IsMoved = typed.Text(plan.Name + ".Moved") == $"{i}", Level = int.TryParse(typed.Text(prefix + "Level"), out var level) ? level : 0 };
        });
        return new FormBag(plan, [.. rows])
        {
            Errors = [.. findings.Problems.Where(p => p.Path == plan.Name).Select(p => p.Text)],
            Theirs = other is null ? null : Differs(plan, typed, other),
        };
    }

    private static string? Differs(FieldPlan plan, string prefix, TypedForm typed, TypedForm other)
    {
        var path = prefix + plan.Path;
        var (mine, theirs) = (plan.Editor.Say(plan, path, typed), plan.Editor.Say(plan, path, other));
        return TypedText.Lines(mine) == TypedText.Lines(theirs) ? null : theirs.Length == 0 ? "(ว่าง)" : theirs;
    }

    private static string? Differs(BagPlan bag, TypedForm typed, TypedForm other)
    {
        var (mine, theirs) = (Say(bag, typed), Say(bag, other));
        return mine == theirs ? null : theirs.Length == 0 ? "(ไม่มีรายการ)" : theirs;
    }

    private static string Say(BagPlan bag, TypedForm typed) => string.Join('\n', Enumerable.Range(0, typed.RowCount(bag.Name)).Select(i =>
    {
        var prefix = $"{bag.Name}[{i}].";
        var fields = FormSchema.RowFields(bag, typed.Text(prefix + "Type"));
        return new string('—', typed.Text(prefix + "Level").Length > 0 && typed.Text(prefix + "Level") != "0" ? 1 : 0) + string.Join(" · ", fields.Select(f => TypedText.Lines(f.Editor.Say(f, prefix + f.Path, typed))).Where(t => t.Length > 0));
    }).Where(line => line.Length > 0));
}
