namespace KnowledgePortal.Search.Queries;

/// <summary>Compares words cluster by cluster.</summary>
internal static class ClusterEdit
{
    /// <summary>Words whose lengths differ by more are never compared.</summary>
    public const int MostCharacters = 5;

    /// <summary>True when one cluster put in, left out or replaced makes the words equal, or nothing has to be done.</summary>
    public static bool IsWithinOne((string Word, List<int> Ends) a, (string Word, List<int> Ends) b)
    {
        if (Math.Abs(a.Ends.Count - b.Ends.Count) > 1)
            return false;
        var most = Math.Min(a.Ends.Count, b.Ends.Count);
        var same = 0;
        while (same < most && Cluster(a, same).SequenceEqual(Cluster(b, same)))
            same++;
        var sameAtEnd = 0;
        while (sameAtEnd < most - same && Cluster(a, a.Ends.Count - 1 - sameAtEnd).SequenceEqual(Cluster(b, b.Ends.Count - 1 - sameAtEnd)))
            sameAtEnd++;
        return Math.Max(a.Ends.Count, b.Ends.Count) - same - sameAtEnd <= 1;
    }

    private static ReadOnlySpan<char> Cluster((string Word, List<int> Ends) word, int i)
    {
        var start = i == 0 ? 0 : word.Ends[i - 1];
        return word.Word.AsSpan(start, word.Ends[i] - start);
    }
}
