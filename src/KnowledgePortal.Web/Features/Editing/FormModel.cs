using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Something to choose in a list.</summary>
public sealed record Choice(string Value, string Label)
{
    /// <summary>For rows: of a query without any, SQLite gives the computed label no type that the other constructor would take.</summary>
    public Choice() : this("", "") { }
}

/// <summary>What is wrong, at one place of the form; the place is a path such as <c>CopSession.HeldOn</c>.</summary>
public sealed record FormProblem(string Path, Phrase Words);

/// <summary>What reading a form found: problems, which refuse it, and warnings, which do not.</summary>
public sealed class FormFindings
{
    private readonly List<FormProblem> _problems = [];
    private readonly List<FormProblem> _warnings = [];

    public IReadOnlyList<FormProblem> Problems => _problems;

    public IReadOnlyList<FormProblem> Warnings => _warnings;

    // One message at a field is enough; the first is the most basic one.
    public void Refuse(string path, Phrase words)
    {
        if (_problems.All(p => p.Path != path)) _problems.Add(new FormProblem(path, words));
    }

    /// <summary>In English the place is the subject: programs are told it beside the words, and labels are Thai.</summary>
    public void Refuse(string path, string thai, string english) => Refuse(path, new Phrase(thai, english));

    public void RefuseLength(string path, string label, string text, int most) =>
        Refuse(path, $"{label}ยาว {text.Length:N0} ตัวอักษร ให้ไม่เกิน {most:N0}", $"has {text.Length} characters; at most {most} are allowed");

    public void Warn(string path, Phrase words) => _warnings.Add(new FormProblem(path, words));
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

    /// <summary>There is more to choose than a page shows: <see cref="Choices"/> holds what is chosen and what was searched for.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Where choices are found; null for a field that offers nothing from the site.</summary>
    public ChoiceSource? Source { get; init; }

    /// <summary>Whether several things may be chosen.</summary>
    public bool IsMany => Editor.Kind switch
    {
        "TaxonomyField" => !Settings.Flag("Unique"),
        "ContentPickerField" or "UserPickerField" => Settings.Flag("Multiple"),
        nameof(ViewGroupsPart) => true,
        _ => false,
    };

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

/// <summary>
/// Nested items and what may stand among them: the rows of a bag, the terms of a taxonomy, the entries of a menu. The latter two are trees, which the form
/// shows as rows of different depth.
/// </summary>
/// <param name="Name">The name under which the part is attached.</param>
/// <param name="Member">Where the part keeps them.</param>
/// <param name="Label">What people call them.</param>
/// <param name="Hint">May be empty.</param>
/// <param name="RowTypes">Types of which rows can be added.</param>
public sealed record BagPlan(string Name, string Member, string Label, string Hint, IReadOnlyList<RowPlan> RowTypes)
{
    public const string Items = "ContentItems";
    public const string Terms = "Terms";
    public const string Entries = "MenuItems";
    private const string EntriesPart = "MenuItemsListPart";

    public bool IsTree => Member != Items;

    /// <summary>How many levels may lie below the first.</summary>
    public int Deepest => Member switch { Terms => 8, Entries => 4, _ => 0 };

    public int Most => IsTree ? TypedText.MostTerms : TypedText.MostRows;

    /// <summary>More rows than a form holds: they are kept and not shown.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>The rows below a row; null when it has none of its own.</summary>
    public JsonArray? Below(JsonObject row) => Member switch { Terms => row[Terms] as JsonArray, Entries => row[EntriesPart]?[Entries] as JsonArray, _ => null };

    public void PutBelow(JsonObject row, JsonArray rows)
    {
        if (!IsTree || rows.Count == 0 && Below(row) is null) return;
        if (Member == Terms) row[Terms] = rows;
        else
        {
            if (row[EntriesPart] is not JsonObject) row[EntriesPart] = new JsonObject();
            row[EntriesPart]![Entries] = rows;
        }
    }
}

/// <summary>The fields of one type of nested item.</summary>
public sealed record RowPlan(ContentTypeDefinition Type, IReadOnlyList<FieldPlan> Fields)
{
    /// <summary>False for entries of menus whose label is only their display text.</summary>
    public bool HasTitlePart => Type.Part("TitlePart") is not null;
}

/// <summary>Something that stands in a form.</summary>
public abstract partial record FormEntry
{
    public abstract string Path { get; }

    public string Id => IdOf(Path);

    public static string IdOf(string path) => "f-" + NotInIds().Replace(path, "-").Trim('-');

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.NonBacktracking)]
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
public sealed record FormRow(int Index, string ContentItemId, string ContentType, string Title, IReadOnlyList<ItemField> Fields)
{
    /// <summary>The row that the last button was about.</summary>
    public bool IsMoved { get; init; }

    /// <summary>0 for the first level of a tree, and for every row of a bag.</summary>
    public int Level { get; init; }
}

/// <summary>A part of the form under a heading; entries of one line stand side by side.</summary>
public sealed record FormSection(string Id, string Title, string Hint, IReadOnlyList<IReadOnlyList<FormEntry>> Lines);
