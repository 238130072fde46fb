namespace KnowledgePortal.Web.Features.Editing.Versions;

/// <summary>A run of elements that are the same on both sides, or that only one side has.</summary>
public readonly record struct Run(PieceKind Kind, int Start, int Count);

/// <summary>
/// The shortest way from one list to another (Myers, "An O(ND) difference algorithm"). Lists that differ in more than <see cref="MostEdits"/> places are
/// not compared in detail: their difference is that the one goes and the other comes.
/// </summary>
public static class ListDifference
{
    private const int MostEdits = 1_000;

    /// <summary>Runs in reading order; <c>Start</c> counts in the old list for what is the same or removed, in the new one for what is added.</summary>
    public static List<Run> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        var (endBefore, endAfter) = (before.Count, after.Count);
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1]) (endBefore, endAfter) = (endBefore - 1, endAfter - 1);

        var runs = new List<Run>();
        Add(runs, PieceKind.Same, 0, start);
        if (Path(before, after, start, endBefore, endAfter) is { } path) Walk(path, start, runs);
        else
        {
            Add(runs, PieceKind.Removed, start, endBefore - start);
            Add(runs, PieceKind.Added, start, endAfter - start);
        }
        Add(runs, PieceKind.Same, endBefore, before.Count - endBefore);
        return runs;
    }

    // The furthest ends of all paths, one array for each number of edits; null when there are too many.
    private static List<(int X, int Y)>? Path(IReadOnlyList<string> before, IReadOnlyList<string> after, int start, int endBefore, int endAfter)
    {
        var (n, m) = (endBefore - start, endAfter - start);
        if (n == 0 || m == 0) return null;
        var trace = new List<int[]>();
        var furthest = new int[2 * Math.Min(n + m, MostEdits) + 3];
        var middle = furthest.Length / 2;
        for (var edits = 0; edits <= Math.Min(n + m, MostEdits); edits++)
        {
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = k == -edits || k != edits && furthest[middle + k - 1] < furthest[middle + k + 1] ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                var y = x - k;
                while (x < n && y < m && before[start + x] == after[start + y]) (x, y) = (x + 1, y + 1);
                furthest[middle + k] = x;
                if (x < n || y < m) continue;
                trace.Add(furthest[(middle - edits)..(middle + edits + 1)]);
                return Back(trace, n, m);
            }
            trace.Add(furthest[(middle - edits)..(middle + edits + 1)]);
        }
        return null;
    }

    private static List<(int X, int Y)> Back(List<int[]> trace, int x, int y)
    {
        var path = new List<(int X, int Y)> { (x, y) };
        for (var edits = trace.Count - 1; edits > 0; edits--)
        {
            var last = trace[edits - 1];
            var k = x - y;
            // Index i of the array of d edits stands for the diagonal i - d.
            int At(int diagonal) => diagonal + edits - 1 is var i && i >= 0 && i < last.Length ? last[i] : -1;
            var from = k == -edits || k != edits && At(k - 1) < At(k + 1) ? k + 1 : k - 1;
            var (fromX, fromY) = (At(from), At(from) - from);
            while (x > fromX && y > fromY) path.Add((--x, --y));
            path.Add((x, y) = (fromX, fromY));
        }
        while (x > 0 && y > 0) path.Add((--x, --y));
        path.Reverse();
        return path;
    }

    private static void Walk(List<(int X, int Y)> path, int start, List<Run> runs)
    {
        for (var i = 1; i < path.Count; i++)
        {
            var ((x, y), (toX, toY)) = (path[i - 1], path[i]);
            if (toX > x && toY > y) Add(runs, PieceKind.Same, start + x, 1);
            else if (toX > x) Add(runs, PieceKind.Removed, start + x, 1);
            else if (toY > y) Add(runs, PieceKind.Added, start + y, 1);
        }
    }

    private static void Add(List<Run> runs, PieceKind kind, int start, int count)
    {
        if (count == 0) return;
        if (runs.Count > 0 && runs[^1] is var last && last.Kind == kind && last.Start + last.Count == start) runs[^1] = last with { Count = last.Count + count };
        else runs.Add(new Run(kind, start, count));
    }
}
