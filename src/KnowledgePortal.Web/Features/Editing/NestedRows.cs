using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>A nested item with its depth, and the key by which the form knows it.</summary>
public sealed record NestedRow(string Key, int Level, JsonObject Json);

/// <summary>Between the nested items of a part and the rows of a form: a tree lies flat in the form, each row with its depth.</summary>
public static class NestedRows
{
    /// <summary>Rows in the order in which they are read; more than a form holds are counted, not returned.</summary>
    public static IReadOnlyList<NestedRow> Flat(ContentItem item, BagPlan bag)
    {
        var rows = new List<NestedRow>();
        var keys = new HashSet<string>();
        Walk((item.Parts[bag.Name] as JsonObject)?[bag.Member] as JsonArray, 0);
        return rows;

        void Walk(JsonArray? items, int level)
        {
            foreach (var row in items?.OfType<JsonObject>() ?? [])
            {
                // Rows of content from elsewhere may lack an id or share one; their place then stands for it.
                var key = Member(row, "ContentItemId") is { Length: > 0 } id && keys.Add(id) ? id : $"#{rows.Count}";
                rows.Add(new NestedRow(key, level, row));
                Walk(bag.Below(row), level + 1);
            }
        }
    }

    /// <summary>The rows as they lie in each other; a depth that cannot be is the nearest that can.</summary>
    public static JsonArray Tree(IReadOnlyList<(int Level, JsonObject Json)> rows, BagPlan bag)
    {
        var first = new JsonArray();
        var below = new List<(JsonObject Row, JsonArray Below)>();
        var open = new List<JsonArray>();
        foreach (var (asked, row) in rows)
        {
            var level = Math.Clamp(asked, 0, Math.Min(open.Count, bag.Deepest));
            open.RemoveRange(level, open.Count - level);
            (level == 0 ? first : open[level - 1]).Add(row);
            open.Add([]);
            below.Add((row, open[level]));
        }
        foreach (var (row, items) in below) bag.PutBelow(row, items);
        return first;
    }

    /// <summary>A new nested item; a term knows its taxonomy.</summary>
    public static JsonObject New(string type, BagPlan bag, ContentItem item)
    {
        var row = new JsonObject { ["ContentItemId"] = ContentIds.New(), ["ContentType"] = type, ["DisplayText"] = "" };
        if (bag.Member == BagPlan.Terms) row["TermPart"] = new JsonObject { ["TaxonomyContentItemId"] = item.ContentItemId };
        return row;
    }

    public static string Member(JsonObject row, string name) => row[name]?.ToString() ?? "";
}
