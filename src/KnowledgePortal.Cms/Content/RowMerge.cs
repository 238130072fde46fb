using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Content;

/// <summary>Merges the nested items of a bag, known by their ids, when two people changed different ones.</summary>
internal static class RowMerge
{
    /// <returns>Null when somebody has to choose: one row was changed by both, removed by one and changed by the other, or both put the rows in another order.</returns>
    public static JsonArray? Of(JsonArray common, JsonArray mine, JsonArray theirs)
    {
        if (Rows(common) is not { } origin || Rows(mine) is not { } left || Rows(theirs) is not { } right) return null;
        if (left.Keys.Any(id => !origin.ContainsKey(id) && right.ContainsKey(id))) return null;
        var order = Order(origin, left, right);
        var kept = new Dictionary<string, JsonObject>();
        foreach (var (id, row) in origin)
        {
            var (inLeft, inRight) = (left.GetValueOrDefault(id), right.GetValueOrDefault(id));
            if (inLeft is null && inRight is null) continue;
            if (inLeft is null || inRight is null)
            {
                if (!ContentDifference.AreEqual(row, inLeft ?? inRight)) return null;
                continue;
            }
            var merge = ContentMerge.Of(row, inLeft, inRight);
            if (merge.Conflicts.Any()) return null;
            kept[id] = merge.Parts;
        }
        return order is null ? null : [.. Placed(order.Where(kept.ContainsKey), kept, left, right, origin).Select(row => row.DeepClone())];
    }

    // The order of the side that moved rows; null when both did, differently.
    private static List<string>? Order(OrderedDictionary<string, JsonObject> origin, OrderedDictionary<string, JsonObject> left, OrderedDictionary<string, JsonObject> right)
    {
        var common = origin.Keys.Where(id => left.ContainsKey(id) && right.ContainsKey(id)).ToList();
        var (inLeft, inRight) = (left.Keys.Where(common.Contains).ToList(), right.Keys.Where(common.Contains).ToList());
        if (inLeft.SequenceEqual(inRight) || inRight.SequenceEqual(common)) return inLeft;
        return inLeft.SequenceEqual(common) ? inRight : null;
    }

    // A new row stands after the row that it was put after. Where both put some, the side whose first id is lower goes first, so that either side merges to the same.
    private static IEnumerable<JsonObject> Placed(
        IEnumerable<string> order, Dictionary<string, JsonObject> kept, OrderedDictionary<string, JsonObject> left, OrderedDictionary<string, JsonObject> right,
        OrderedDictionary<string, JsonObject> origin)
    {
        var (fromLeft, fromRight) = (Added(left, kept, origin), Added(right, kept, origin));
        foreach (var id in order.Prepend(""))
        {
            if (id.Length > 0) yield return kept[id];
            var groups = new[] { fromLeft.GetValueOrDefault(id, []), fromRight.GetValueOrDefault(id, []) }.Where(g => g.Count > 0);
            foreach (var row in groups.OrderBy(g => g[0]["ContentItemId"]!.ToString(), StringComparer.Ordinal).SelectMany(g => g)) yield return row;
        }
    }

    private static Dictionary<string, List<JsonObject>> Added(
        OrderedDictionary<string, JsonObject> rows, Dictionary<string, JsonObject> kept, OrderedDictionary<string, JsonObject> origin)
    {
        var added = new Dictionary<string, List<JsonObject>>();
        var after = "";
        foreach (var (id, row) in rows)
        {
            if (kept.ContainsKey(id)) after = id;
            else if (!origin.ContainsKey(id)) (added.TryGetValue(after, out var group) ? group : added[after] = []).Add(row);
        }
        return added;
    }

    private static OrderedDictionary<string, JsonObject>? Rows(JsonArray array)
    {
        var rows = new OrderedDictionary<string, JsonObject>();
        foreach (var node in array)
            if (node is not JsonObject row || row["ContentItemId"]?.ToString() is not { Length: > 0 } id || !rows.TryAdd(id, row)) return null;
        return rows;
    }
}
