using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Something to choose in a list.</summary>
public sealed record Choice(string Value, string Label)
{
    /// <summary>For rows: of a query without any, SQLite gives the computed label no type that the other constructor would take.</summary>
    public Choice() : this("", "") { }
}

/// <summary>What is wrong, at one place of the form; the place is a path such as <c>CopSession.HeldOn</c>.</summary>
public sealed record FormProblem(string Path, string Text);

/// <summary>What reading a form found: problems, which refuse it, and warnings, which do not.</summary>
public sealed class FormFindings
{
    private readonly List<FormProblem> _problems = [];
    private readonly List<FormProblem> _warnings = [];

    public IReadOnlyList<FormProblem> Problems => _problems;

    public IReadOnlyList<FormProblem> Warnings => _warnings;

    // One message at a field is enough; the first is the most basic one.
    public void Refuse(string path, string text)
    {
        if (_problems.All(p => p.Path != path)) _problems.Add(new FormProblem(path, text));
    }

    public void Warn(string path, string text) => _warnings.Add(new FormProblem(path, text));
}

/// <summary>A field, or a part that is edited like one, of a content type; the same for every item of the type.</summary>
public sealed record FieldPlan(IFieldEditor Editor, string Part, string Name)
{
    public string Label { get; init; } = "";
    public string Hint { get; init; } = "";
    public bool IsRequired { get; init; }

    /// <summary>What the definition calls its editor; may be empty.</summary>
    public string EditorName { get; init; } = "";
    public JsonObject Settings { get; init; } = [];
    public JsonObject AllSettings { get; init; } = [];
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    public string Path => $"{Part}.{Name}";

    /// <summary>The JSON that belongs to it in an item or a row: a part as a whole, or a field of one; null when absent.</summary>
    public JsonObject? StoredIn(JsonObject parts) => Editor.IsPart ? parts[Part] as JsonObject : (parts[Part] as JsonObject)?[Name] as JsonObject;

    public void StoreIn(JsonObject parts, JsonObject value)
    {
        if (Editor.IsPart)
        {
            parts[Part] = value;
            return;
        }
        if (parts[Part] is not JsonObject) parts[Part] = new JsonObject();
        parts[Part]![Name] = value;
    }
}

/// <summary>A bag of nested items and what may stand in it.</summary>
public sealed record BagPlan(string Name, string Label, string Hint, IReadOnlyList<RowPlan> RowTypes);

/// <summary>The fields of one type of nested item.</summary>
public sealed record RowPlan(ContentTypeDefinition Type, IReadOnlyList<FieldPlan> Fields);

/// <summary>Something that stands in a form.</summary>
public abstract partial record FormEntry
{
    public abstract string Path { get; }

    public string Id => IdOf(Path);

    public static string IdOf(string path) => "f-" + NotInIds().Replace(path, "-").Trim('-');

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInIds();
}

/// <summary>A field with what is typed in it.</summary>
public sealed record ItemField(FieldPlan Plan, string Prefix, TypedForm Typed) : FormEntry
{
    public IReadOnlyList<string> Errors { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Markdown as readers will see it, when the editor asked for it.</summary>
    public string? ShownHtml { get; init; }

    public override string Path => Prefix + Plan.Path;

    public bool IsBad => Errors.Count > 0;

    public string Value => Typed.Text(Path);

    /// <summary>The box of a field that has several.</summary>
    public string Box(string box) => Typed.Text($"{Path}.{box}");

    /// <summary>For <c>aria-describedby</c>; null when nothing describes it.</summary>
    public string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', new[] { Plan.Hint.Length > 0 ? Id + "-hint" : null, IsBad ? Id + "-error" : null }.OfType<string>());
            return ids.Length > 0 ? ids : null;
        }
    }

    public string? Invalid => IsBad ? "true" : null;
}

/// <summary>A bag with its rows.</summary>
public sealed record FormBag(BagPlan Plan, IReadOnlyList<FormRow> Rows) : FormEntry
{
    public IReadOnlyList<string> Errors { get; init; } = [];

    public override string Path => Plan.Name;
}

/// <summary>A row of a bag; without fields when its type has no form, in which case it can only be moved and removed.</summary>
public sealed record FormRow(int Index, string ContentItemId, string ContentType, string Title, IReadOnlyList<ItemField> Fields);

/// <summary>A part of the form under a heading; entries of one line stand side by side.</summary>
public sealed record FormSection(string Id, string Title, string Hint, IReadOnlyList<IReadOnlyList<FormEntry>> Lines);
