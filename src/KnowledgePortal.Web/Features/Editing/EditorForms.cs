namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes what a page shows of a form: entries with what is typed and what is wrong with it.</summary>
public static class EditorForms
{
    /// <param name="schema">The form of the type.</param>
    /// <param name="typed">What stands in the boxes.</param>
    /// <param name="findings">What is wrong.</param>
    /// <param name="shown">The path of the Markdown to show as readers will see it.</param>
    public static IReadOnlyList<FormSection> Sections(FormSchema schema, TypedForm typed, FormFindings findings, string? shown = null)
    {
        var entries = schema.Fields.Select(plan => (FormEntry)Field(plan, "", typed, findings, shown))
            .Concat(schema.Bags.Select(bag => Bag(bag, typed, findings, shown)));
        return FormLayouts.Arrange(schema.Type.Name, [.. entries]);
    }

    private static ItemField Field(FieldPlan plan, string prefix, TypedForm typed, FormFindings findings, string? shown)
    {
        var path = prefix + plan.Path;
        return new ItemField(plan, prefix, typed)
        {
            Errors = [.. findings.Problems.Where(p => p.Path == path).Select(p => p.Words.Thai)],
            Warnings = [.. findings.Warnings.Where(p => p.Path == path).Select(p => p.Words.Thai)],
            ShownHtml = shown == path ? plan.Editor.Show(typed.Text(path)) : null,
        };
    }

    private static FormBag Bag(BagPlan plan, TypedForm typed, FormFindings findings, string? shown)
    {
        var rows = Enumerable.Range(0, typed.RowCount(plan.Name)).Select(i =>
        {
            var prefix = $"{plan.Name}[{i}].";
            var type = typed.Text(prefix + "Type");
            return new FormRow(i, typed.Text(prefix + "Id"), type, typed.Text(prefix + "Title"),
                [.. FormSchema.RowFields(plan, type).Select(f => Field(f, prefix, typed, findings, shown))])
            { IsMoved = typed.Text(plan.Name + ".Moved") == $"{i}", Level = int.TryParse(typed.Text(prefix + "Level"), out var level) ? level : 0 };
        });
        return new FormBag(plan, [.. rows])
        {
            Errors = [.. findings.Problems.Where(p => p.Path == plan.Name).Select(p => p.Words.Thai)],
        };
    }
}
