using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Makes the form of a type from its definition, with what its lists offer to somebody.</summary>
public sealed class FormSchemas(Database database, ContentDefinitions definitions, RolePermissions permissions, IEnumerable<IFieldEditor> editors)
{
    private const int MostChoices = 500;
    private readonly Dictionary<string, IFieldEditor> _editors = editors.ToDictionary(e => e.Kind);

    /// <summary>Whether every part of the type has a form; a taxonomy's terms, for one, have none.</summary>
    public bool IsEditable(ContentTypeDefinition type) =>
        type.IsCreatable && type.Parts.All(p => _editors.ContainsKey(p.PartName) || p.PartName == "BagPart" || p.Fields.Count > 0 || p.PartName == type.Name);

    public async Task<FormSchema?> FindAsync(string contentType, Visitor visitor)
    {
        var types = await definitions.AllAsync();
        if (!types.TryGetValue(contentType, out var type) || !IsEditable(type)) return null;
        var offered = new Dictionary<string, IReadOnlyList<Choice>>();
        var fields = await FieldsAsync(type, visitor, offered);
        var bags = new List<BagPlan>();
        foreach (var part in type.Parts.Where(p => p.PartName == "BagPart"))
        {
            var rows = new List<RowPlan>();
            foreach (var name in Names(part.Settings["BagPartSettings"]?["ContainedContentTypes"]))
                if (types.TryGetValue(name, out var row)) rows.Add(new RowPlan(row, await FieldsAsync(row, visitor, offered)));
            bags.Add(new BagPlan(part.Name, part.DisplayName, part.Description, rows));
        }
        return new FormSchema(type, fields, bags);
    }

    private async Task<IReadOnlyList<FieldPlan>> FieldsAsync(ContentTypeDefinition type, Visitor visitor, Dictionary<string, IReadOnlyList<Choice>> offered)
    {
        var plans = new List<FieldPlan>();
        foreach (var part in type.Parts)
        {
            if (_editors.TryGetValue(part.PartName, out var editor)) plans.Add(PartPlan(part, editor));
            foreach (var field in part.Fields)
                if (_editors.TryGetValue(field.FieldType, out var fieldEditor))
                    plans.Add(new FieldPlan(fieldEditor, part.Name, field.Name)
                    {
                        Label = field.DisplayName, Hint = field.Hint, IsRequired = field.IsRequired, EditorName = field.Editor,
                        Settings = field.Settings, AllSettings = field.AllSettings, Choices = await ChoicesAsync(field, visitor, offered),
                    });
        }
        return plans;
    }

    private static FieldPlan PartPlan(ContentTypePartDefinition part, IFieldEditor editor) =>
        new(editor, part.Name, part.PartName switch
        {
            "TitlePart" => "Title", "AutoroutePart" => "Path", ScheduledTimes.PublishLater => "ScheduledPublishUtc", ScheduledTimes.ArchiveLater => "ScheduledArchiveUtc", _ => "Markdown",
        })
        {
            Label = part.DisplayName, Hint = part.Description, IsRequired = part.PartName == "TitlePart", EditorName = "TextArea", Settings = part.Settings, AllSettings = part.Settings,
        };

    private async Task<IReadOnlyList<Choice>> ChoicesAsync(ContentFieldDefinition field, Visitor visitor, Dictionary<string, IReadOnlyList<Choice>> offered)
    {
        switch (field.FieldType)
        {
            case "TextField":
                return field.AllSettings["TextFieldPredefinedListEditorSettings"]?["Options"] is JsonArray options
                    ? [.. options.OfType<JsonObject>().Select(o => new Choice(o["value"]?.ToString() ?? "", o["name"]?.ToString() ?? ""))] : [];
            case "TaxonomyField":
                var taxonomy = field.Settings["TaxonomyContentItemId"]?.ToString() ?? "";
                return offered.TryGetValue(taxonomy, out var terms) ? terms : offered[taxonomy] = await TermsAsync(taxonomy);
            case "ContentPickerField":
                var types = Names(field.Settings["DisplayedContentTypes"]);
                var key = string.Join(',', types);
                return offered.TryGetValue(key, out var items) ? items : offered[key] = await ItemsAsync(types, visitor);
            default:
                return [];
        }
    }

    private Task<IReadOnlyList<Choice>> TermsAsync(string taxonomyId) => database.QueryAsync<Choice>(
        "select term_id as value, case when parent_term_id is null then title else '— ' || title end as label from term_index where taxonomy_item_id = @taxonomyId order by position",
        new { taxonomyId });

    // Of types whose drafts somebody may see the latest version is offered; of others what readers see, and what is his own.
    private async Task<IReadOnlyList<Choice>> ItemsAsync(IReadOnlyList<string> types, Visitor visitor)
    {
        var open = new List<string>();
        foreach (var type in types)
            if (await permissions.MayAsync(visitor, ContentAction.Preview, type)) open.Add(type);
        return await database.QueryAsync<Choice>(
            """
            select content_item_id as value, display_text || case when max(published) = 1 then '' else ' (ร่าง)' end as label from content_items
            where content_type in @types and (latest = 1 and (content_type in @open or owner = @Name) or published = 1)
            group by content_item_id order by max(modified_utc) desc limit @MostChoices
            """,
            new { types, open, visitor.Name, MostChoices });
    }

    private static IReadOnlyList<string> Names(JsonNode? names) => names is JsonArray array ? [.. array.Select(n => n?.ToString() ?? "")] : [];
}
