namespace KnowledgePortal.Web.Features.Editing;

/// <summary>A row as it was posted, and its depth in a tree; null in a bag.</summary>
public sealed record PostedRow(string Row, int? Level);

/// <summary>The order of the rows of a bag or tree after a button was pressed. In a tree a row takes along what lies below it.</summary>
public static class RowOrder
{
    public static IReadOnlyList<PostedRow> Of(IFormCollection posted, string bag, RowAction? action)
    {
        var rows = posted[bag + ".Rows"].OfType<string>().Distinct().Take(TypedText.MostTerms + 1)
            .Select(row => new PostedRow(row, int.TryParse(posted[$"{bag}[{row}].Level"], out var level) ? Math.Clamp(level, 0, 99) : null)).ToList();
        var at = action is null || action.Bag != bag || action.Verb == "add" ? -1 : rows.FindIndex(r => r.Row == action.Row);
        return at < 0 ? rows : Moved(rows, at, action!.Verb);
    }

    private static List<PostedRow> Moved(List<PostedRow> rows, int at, string verb)
    {
        var (level, end) = (Level(rows[at]), End(rows, at));
        switch (verb)
        {
            case "up" when Before(rows, at) is >= 0 and var to:
                Move(rows, at, end, to);
                break;
            case "down" when end < rows.Count && Level(rows[end]) == level:
                Move(rows, end, End(rows, end), at);
                break;
            case "in" when at > 0 && Level(rows[at - 1]) >= level:
                Shift(rows, at, end, 1);
                break;
            case "out" when level > 0:
                // What stood behind it under the same parent stays there.
                var parent = rows.FindLastIndex(at, r => Level(r) < level);
                var block = rows.GetRange(at, end - at).ConvertAll(r => r with { Level = r.Level - 1 });
                var behind = parent < 0 ? at : End(rows, parent) - block.Count;
                rows.RemoveRange(at, block.Count);
                rows.InsertRange(behind, block);
                break;
            case "remove":
                // What lies below a row that goes takes its place.
                Shift(rows, at + 1, end, -1);
                rows.RemoveAt(at);
                break;
        }
        return rows;
    }

    private static int Level(PostedRow row) => row.Level ?? 0;

    // Behind the last row that lies below this one.
    private static int End(List<PostedRow> rows, int at)
    {
        var end = at + 1;
        while (end < rows.Count && Level(rows[end]) > Level(rows[at])) end++;
        return end;
    }

    // The row before it under the same parent; -1 when it is the first.
    private static int Before(List<PostedRow> rows, int at)
    {
        for (var i = at - 1; i >= 0 && Level(rows[i]) >= Level(rows[at]); i--)
            if (Level(rows[i]) == Level(rows[at])) return i;
        return -1;
    }

    private static void Move(List<PostedRow> rows, int start, int end, int to)
    {
        var block = rows.GetRange(start, end - start);
        rows.RemoveRange(start, block.Count);
        rows.InsertRange(to, block);
    }

    private static void Shift(List<PostedRow> rows, int start, int end, int by)
    {
        for (var i = start; i < end; i++) rows[i] = rows[i] with { Level = rows[i].Level + by };
    }
}
