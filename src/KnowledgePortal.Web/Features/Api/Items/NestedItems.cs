using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Editing;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Items within an item: rows of bags, terms, entries of menus. Known ones keep their ids and envelope, new ones get an id from the site.</summary>
public static class NestedItems
{
    private static readonly string[] Own = ["ContentItemId", "ContentType", "DisplayText"];

    /// <summary>Makes the rows of <paramref name="item"/> fit to be stored and says what is wrong with them.</summary>
    public static IEnumerable<FieldFault> Settle(ContentItem item, ContentItem? before, BagPlan bag, IReadOnlyDictionary<string, ContentTypeDefinition> types)
    {
        var stored = before?.Parts[bag.Name];
        if (JsonNode.DeepEquals(item.Parts[bag.Name], stored)) yield break;
        if (bag.IsTooLarge)
        {
            yield return new FieldFault(bag.Name, new($"มีมากกว่า {bag.Most} รายการ แก้ที่นี่ไม่ได้", $"holds more than {bag.Most} rows, which cannot be changed here"));
            yield break;
        }
        var known = before is null ? [] : NestedRows.Flat(before, bag).ToDictionary(r => r.Key, r => r.Json);
        var seen = new HashSet<string>();
        foreach (var ((_, level, row), at) in NestedRows.Flat(item, bag).Select((r, i) => (r, i)))
        {
            var path = $"{bag.Name}[{at}]";
            var id = NestedRows.Member(row, "ContentItemId");
            var type = NestedRows.Member(row, "ContentType");
            if (id.Length > 0 && !seen.Add(id)) yield return new FieldFault($"{path}.ContentItemId", new("รหัสซ้ำกับแถวอื่น", "another row has this id"));
            else if (id.Length > 0 && known.TryGetValue(id, out var was)) { if (Keep(row, was, type) is { } changed) yield return changed with { Field = $"{path}.ContentType" }; }
            else if (id.Length > 0) yield return new FieldFault($"{path}.ContentItemId", new("แถวใหม่ได้รหัสจากระบบ ไม่ต้องส่ง", "new rows get their id from the site"));
            else if (bag.RowTypes.All(t => t.Type.Name != type)) yield return new FieldFault($"{path}.ContentType", new("ที่นี่ไม่รับแถวชนิดนี้", "rows of this type do not belong here"));
            else Begin(row, type, bag, item);
            if (level > bag.Deepest) yield return new FieldFault(path, new("ซ้อนลึกเกินไป", "lies too deep"));
            if (types.TryGetValue(type, out var definition))
                foreach (var fault in FieldShapes.Check(definition, row, path + ".")) yield return fault;
            if ((row["TitlePart"] as JsonObject)?["Title"] is JsonValue title) row["DisplayText"] = title.ToString();
            Clean(row);
        }
    }

    private static FieldFault? Keep(JsonObject row, JsonObject was, string type)
    {
        foreach (var name in Envelope.Names.Where(n => n is not ("ContentItemId" or "ContentType" or "DisplayText")))
        {
            if (was.ContainsKey(name)) row[name] = was[name]?.DeepClone();
            else row.Remove(name);
        }
        return type == NestedRows.Member(was, "ContentType") ? null : new FieldFault("", new("เปลี่ยนชนิดของแถวไม่ได้", "the type of a row does not change"));
    }

    private static void Begin(JsonObject row, string type, BagPlan bag, ContentItem item)
    {
        foreach (var name in Envelope.Names.Where(n => !Own.Contains(n))) row.Remove(name);
        foreach (var (name, value) in NestedRows.New(type, bag, item))
            if (name != "DisplayText" || !row.ContainsKey(name)) row[name] = value?.DeepClone();
    }

    // As a form would have taken it: composed, with plain line ends, without what nobody can see.
    private static void Clean(JsonNode node)
    {
        if (node is JsonArray items)
            foreach (var item in items.OfType<JsonNode>().Where(i => i is JsonObject or JsonArray)) Clean(item);
        if (node is not JsonObject json) return;
        foreach (var (name, value) in json.ToList())
        {
            if (value is JsonObject or JsonArray) Clean(value);
            else if (value is JsonValue text && text.TryGetValue(out string? typed) && TypedText.Lines(typed) is var clean && clean != typed) json[name] = clean;
        }
    }
}
