using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing.Fields;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes the form of a type from its definition, with what its lists offer to somebody.</summary>
public sealed class FormSchemas(ContentDefinitions definitions, FormChoices choices, IEnumerable<IFieldEditor> editors)
{
    private static readonly string[] Nesting = ["BagPart", "TaxonomyPart", "MenuItemsListPart"];

    // Entries of menus that every site knows, whether or not it defines them.
    private static readonly ContentTypeDefinition[] MenuTypes =
    [
        new("LinkMenuItem", "ลิงก์", "", false, [new("LinkMenuItemPart", "LinkMenuItemPart", "ที่อยู่", "", [], [])]),
        new("ContentMenuItem", "หน้าในเว็บไซต์", "", false, [new("ContentMenuItemPart", "ContentMenuItemPart", "หน้าที่พาไป", "", [], [])]),
    ];

    private readonly Dictionary<string, IFieldEditor> _editors = editors.ToDictionary(e => e.Kind);

    /// <summary>Whether there is anything to fill in.</summary>
    public bool IsEditable(ContentTypeDefinition type) =>
        type.IsCreatable && type.Parts.Any(p => HasForm(p) || p.Fields.Any(f => _editors.ContainsKey(f.FieldType)));

    /// <param name="contentType">The type.</param>
    /// <param name="visitor">Who fills it in.</param>
    /// <param name="item">What is edited: of which type a taxonomy's terms are stands in the taxonomy.</param>
    public async Task<FormSchema?> FindAsync(string contentType, Visitor visitor, ContentItem? item = null)
    {
        var types = await definitions.AllAsync();
        if (!types.TryGetValue(contentType, out var type) || !IsEditable(type)) return null;
        var making = new Making(types, visitor, []);
        var fields = await FieldsAsync(type, making);
        if (type.IsSecurable) fields = [.. fields, await ViewersAsync(making)];
        var bags = new List<BagPlan>();
        foreach (var part in type.Parts.Where(p => Nesting.Contains(p.PartName))) bags.Add(await BagAsync(part, item, making));
        return new FormSchema(type, fields, bags) { Kept = [.. type.Parts.Where(p => !HasForm(p) && p.Fields.Count == 0 && p.PartName != type.Name && !Markers.Contains(p.PartName)).Select(p => p.DisplayName)] };
    }

    /// <summary>Parts that hold nothing themselves.</summary>
    private static readonly string[] Markers = ["MenuPart", "ListPart", "CommonPart"];

    private bool HasForm(ContentTypePartDefinition part) => _editors.ContainsKey(part.PartName) || Nesting.Contains(part.PartName);

    private async Task<BagPlan> BagAsync(ContentTypePartDefinition part, ContentItem? item, Making making)
    {
        var member = part.PartName switch { "TaxonomyPart" => BagPlan.Terms, "MenuItemsListPart" => BagPlan.Entries, _ => BagPlan.Items };
        var names = member switch
        {
            BagPlan.Terms => item?.Parts[part.Name]?["TermContentType"]?.ToString() is { Length: > 0 } term ? [term] : [],
            BagPlan.Entries => MenuTypes.Select(t => t.Name).ToList(),
            _ => ((part.Settings["BagPartSettings"] as JsonObject) ?? []).Texts("ContainedContentTypes"),
        };
        var rows = new List<RowPlan>();
        foreach (var name in names)
            if ((making.Types.GetValueOrDefault(name) ?? MenuTypes.FirstOrDefault(t => t.Name == name)) is { } row) rows.Add(new RowPlan(row, await RowFieldsAsync(row, member, making)));
        var hint = member == BagPlan.Terms && rows.Count == 0 ? "เลือกชนิดของคำแล้วบันทึก จากนั้นเพิ่มคำได้" : part.Description;
        var bag = new BagPlan(part.Name, member, part.DisplayName, hint, rows);
        return item is not null && NestedRows.Flat(item, bag).Count > bag.Most ? bag with { IsTooLarge = true } : bag;
    }

    // Every row of a tree has a label, whether or not its type has a part for it.
    private async Task<IReadOnlyList<FieldPlan>> RowFieldsAsync(ContentTypeDefinition row, string member, Making making)
    {
        var fields = await FieldsAsync(row, making);
        return member == BagPlan.Items || fields.Any(f => f.Editor is TitleEditor) ? fields
            : [new FieldPlan(_editors["TitlePart"], "TitlePart", "Title") { Label = "ข้อความ", IsRequired = true }, .. fields];
    }

    private async Task<IReadOnlyList<FieldPlan>> FieldsAsync(ContentTypeDefinition type, Making making)
    {
        var plans = new List<FieldPlan>();
        foreach (var part in type.Parts)
        {
            if (part.PartName != nameof(ViewGroupsPart) && _editors.TryGetValue(part.PartName, out var editor) && !IsGenerated(part)) plans.Add(await PartAsync(part, editor, making));
            foreach (var field in part.Fields)
                if (_editors.TryGetValue(field.FieldType, out var fieldEditor)) plans.Add(await FieldAsync(part, field, fieldEditor, making));
        }
        return plans;
    }

    // Stands on every type that has permissions of its own, whether or not its definition knows the part.
    private async Task<FieldPlan> ViewersAsync(Making making)
    {
        var source = new ChoiceSource("viewer", []);
        var (offered, isSearched) = await OfferAsync(source, making);
        return new FieldPlan(_editors[nameof(ViewGroupsPart)], nameof(ViewGroupsPart), nameof(ViewGroupsPart.Groups))
        {
            Label = "ใครเห็น", Choices = offered, IsSearched = isSearched, Source = source,
        };
    }

    /// <summary>A title that is made from a pattern is not typed.</summary>
    public static bool IsGenerated(ContentTypePartDefinition part) =>
        part.PartName == "TitlePart" && (part.Settings["TitlePartSettings"] as JsonObject)?["Options"]?.ToString() is "GeneratedDisabled" or "GeneratedHidden" or "1" or "2";

    private async Task<FieldPlan> FieldAsync(ContentTypePartDefinition part, ContentFieldDefinition field, IFieldEditor editor, Making making)
    {
        var source = FormChoices.SourceOf(field, making.Types);
        var (offered, isSearched) = source is null ? (Options(field), false) : await OfferAsync(source, making);
        return new FieldPlan(editor, part.Name, field.Name)
        {
            Label = field.DisplayName, Hint = field.Hint, IsRequired = field.IsRequired, EditorName = field.Editor, Settings = field.Settings, AllSettings = field.AllSettings,
            Choices = offered, IsSearched = isSearched, Source = source,
        };
    }

    private async Task<FieldPlan> PartAsync(ContentTypePartDefinition part, IFieldEditor editor, Making making)
    {
        var plan = new FieldPlan(editor, part.Name, part.PartName switch { "TitlePart" => "Title", "AutoroutePart" => "Path", "AliasPart" => "Alias", "TaxonomyPart" => "TermContentType", ScheduledTimes.PublishLater => "ScheduledPublishUtc", ScheduledTimes.ArchiveLater => "ScheduledArchiveUtc", _ => "Value" })
        {
            Label = part.DisplayName == part.PartName ? PartLabels.GetValueOrDefault(part.PartName, part.DisplayName) : part.DisplayName,
            Hint = part.Description, IsRequired = part.PartName == "TitlePart", EditorName = "TextArea", Settings = part.Settings, AllSettings = part.Settings,
        };
        if (part.PartName is "MarkdownBodyPart" or "HtmlBodyPart") return plan with { Name = part.PartName == "HtmlBodyPart" ? "Html" : "Markdown" };
        if (part.PartName == "TaxonomyPart")
            return plan with { Label = "ชนิดของคำ", Hint = "", Choices = [.. making.Types.Values.Where(t => !t.IsCreatable).Select(t => new Choice(t.Name, t.DisplayName))] };
        if (part.PartName != "ContentMenuItemPart") return plan;
        var source = new ChoiceSource("item", [.. making.Types.Values.Where(t => t.Part("AutoroutePart") is not null).Select(t => t.Name)]);
        var (offered, isSearched) = await OfferAsync(source, making);
        return plan with { Choices = offered, IsSearched = isSearched, Source = source };
    }

    private async Task<(IReadOnlyList<Choice>, bool)> OfferAsync(ChoiceSource source, Making making) =>
        making.Offered.TryGetValue(source.Key, out var known) ? known : making.Offered[source.Key] = await choices.ListAsync(source, making.Visitor);

    private static IReadOnlyList<Choice> Options(ContentFieldDefinition field) =>
        (field.FieldType switch
        {
            "TextField" => field.AllSettings["TextFieldPredefinedListEditorSettings"]?["Options"],
            "MultiTextField" => field.Settings["Options"],
            _ => null,
        }) is JsonArray options ? [.. options.OfType<JsonObject>().Select(o => new Choice(o["value"]?.ToString() ?? "", o["name"]?.ToString() ?? ""))] : [];

    private static readonly Dictionary<string, string> PartLabels = new()
    {
        ["TitlePart"] = "ชื่อเรื่อง", ["AutoroutePart"] = "ที่อยู่หน้าเว็บ", ["AliasPart"] = "ชื่ออ้างอิง", ["MarkdownBodyPart"] = "เนื้อความ", ["HtmlBodyPart"] = "เนื้อความ",
        ["PublishLaterPart"] = "เผยแพร่เมื่อถึงเวลา", ["ArchiveLaterPart"] = "ถอนเมื่อถึงเวลา", ["SeoMetaPart"] = "ข้อมูลสำหรับเครื่องมือค้นหา",
    };

    private sealed record Making(
        IReadOnlyDictionary<string, ContentTypeDefinition> Types, Visitor Visitor, Dictionary<string, (IReadOnlyList<Choice>, bool)> Offered);
}
