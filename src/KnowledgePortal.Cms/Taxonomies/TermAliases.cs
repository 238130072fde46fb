using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>
/// Other names of a term: the fields <c>Aliases</c> (MultiTextField) and <c>Abbreviation</c> (TextField) of the part that is called like its type.
/// Two letters without a full stop, such as the code of a province, are no name: too many words look like them.
/// </summary>
public static class TermAliases
{
    private const int ShortestBareName = 3;

    /// <summary>The names besides its title.</summary>
    public static IEnumerable<string> Of(ContentItem term) => Of(term.Parts.Section(term.ContentType), term.DisplayText);

    /// <summary>Adds names to a term's JSON; those it has, and its title, are not added.</summary>
    public static void Add(JsonObject term, IEnumerable<string> names)
    {
        var type = LooseJson.Text(term["ContentType"]) ?? "";
        if (type.Length == 0) return;
        if (term[type] is not JsonObject part) term[type] = part = [];
        if (part["Aliases"] is not JsonObject field) part["Aliases"] = field = [];
        var known = field.Texts("Values").ToList();
        var title = LooseJson.Text(term["DisplayText"]) ?? "";
        field["Values"] = new JsonArray([.. known.Concat(names.Where(n => n.Length > 0 && n != title)).Distinct().Select(n => JsonValue.Create(n))]);
    }

    private static IEnumerable<string> Of(JsonObject part, string title) =>
        part.Section("Aliases").Texts("Values").Append(LooseJson.Text(part.Section("Abbreviation")["Text"]) ?? "")
            .Select(name => name.Trim()).Where(name => name.Length >= ShortestBareName || name.Length > 1 && name.Contains('.')).Where(name => name != title).Distinct();
}
