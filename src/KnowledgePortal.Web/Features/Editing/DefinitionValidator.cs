using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing.Fields;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What every type asks for by its definition: a title, required fields, an address that fits and is free.</summary>
public sealed class DefinitionValidator(ContentDefinitions definitions) : IContentValidator
{
    public async Task<IReadOnlyList<ContentProblem>> ValidateAsync(ContentItem item, DatabaseTransaction transaction)
    {
        var types = await definitions.AllAsync();
        if (!types.TryGetValue(item.ContentType, out var type)) return [];
        var problems = new List<ContentProblem>(Missing(type, "", item.Parts));
        foreach (var bag in type.Parts.Where(p => p.PartName == "BagPart"))
            problems.AddRange(item.Bag(bag.Name).SelectMany((row, i) => types.TryGetValue(row.ContentType, out var rowType) ? Missing(rowType, $"{bag.Name}[{i}].", row.Parts) : []));
        if (type.Part("AutoroutePart") is not null && await AddressProblemAsync(item, type, transaction) is { } problem) problems.Add(problem);
        return problems;
    }

    private static IEnumerable<ContentProblem> Missing(ContentTypeDefinition type, string prefix, JsonObject parts)
    {
        if (type.Part("TitlePart") is { } title && !FormSchemas.IsGenerated(title) && string.IsNullOrWhiteSpace((parts["TitlePart"] as JsonObject)?.Text("Title")))
            yield return new ContentProblem(prefix + "TitlePart", "Title", $"กรอก{title.DisplayName}", "is required");
        foreach (var part in type.Parts)
            foreach (var field in part.Fields.Where(f => f.IsRequired))
                if (IsEmpty((parts[part.Name] as JsonObject)?[field.Name] as JsonObject))
                    yield return new ContentProblem(
                        prefix + part.Name, field.Name, (field.FieldType is "ContentPickerField" or "TaxonomyField" ? "เลือก" : "กรอก") + field.DisplayName, "is required");
    }

    private static bool IsEmpty(JsonObject? field) => field is null || field.Where(m => m.Key != "TaxonomyContentItemId").All(m => m.Value switch
    {
        null => true,
        JsonArray array => array.Count == 0,
        JsonValue value => value.TryGetValue(out string? text) && string.IsNullOrWhiteSpace(text),
        _ => false,
    });

    private static async Task<ContentProblem?> AddressProblemAsync(ContentItem item, ContentTypeDefinition type, DatabaseTransaction transaction)
    {
        var path = item.As<AutoroutePart>().Path;
        if (path.Length == 0) return Address(new("กรอกที่อยู่หน้าเว็บ", "is required"));
        if (AddressRules.WrongCharacter(path) is { } wrong) return Address(wrong);
        if (AddressRules.Prefix(type) is { } prefix && AddressRules.WrongPlace(path, prefix) is { } misplaced) return Address(misplaced);
        return await AddressBook.OwnerAsync(path, item, transaction) is null ? null : Address(new($"ที่อยู่ {path} มีรายการอื่นใช้แล้ว", $"“{path}” is the address of another item"));
    }

    private static ContentProblem Address(Phrase words) => new("AutoroutePart", "Path", words.Thai, words.English);
}
