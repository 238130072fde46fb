namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Chooses neighbouring segments to write as one, so that their number grows with the logarithm of the documents and their order is kept: the last
/// eight or more, as soon as together they are at least twice the largest of them.
/// </summary>
internal static class MergePolicy
{
    private const int Fewest = 8;

    /// <summary>A segment with a larger share of deleted documents is written anew.</summary>
    private const double DeletedShare = 0.4;

    /// <summary>First index and count of the segments to merge, or null when nothing is to be done.</summary>
    public static (int First, int Count)? Choose(IReadOnlyList<SegmentView> segments)
    {
        var (total, largest) = (0L, 0L);
        for (var first = segments.Count - 1; first >= 0; first--)
        {
            total += segments[first].Live.LiveCount;
            largest = Math.Max(largest, segments[first].Live.LiveCount);
            if (segments.Count - first >= Fewest && total >= 2 * largest)
                return (first, segments.Count - first);
        }
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i].Live.DeletedCount > segments[i].Live.DocumentCount * DeletedShare)
                return (i, 1);
        }
        return null;
    }
}
