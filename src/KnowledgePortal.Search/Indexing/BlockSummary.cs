using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// What is known of a block of postings without unpacking it. For each posting of the block one of the three pairs has at least its frequency and at most the
/// length of its document, so the largest score of the block is at most the largest of the pairs' scores, whatever the statistics of the index.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct BlockSummary
{
    public const int Length = 24;

    /// <summary>As a frequency: larger than the field can hold.</summary>
    public const ushort AnyFrequency = ushort.MaxValue;

    public int LastDocument;
    public int BlockOffset;
    public int PositionsOffset;
    public ushort Frequency0;
    public ushort DocumentLength0;
    public ushort Frequency1;
    public ushort DocumentLength1;
    public ushort Frequency2;
    public ushort DocumentLength2;

    /// <summary>Fills the pairs from frequencies and the lengths of their documents.</summary>
    public void Summarize(ReadOnlySpan<int> frequencies, ReadOnlySpan<int> lengths)
    {
        Span<(int Frequency, int Length)> pairs = stackalloc (int, int)[frequencies.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (frequencies[i], lengths[i]);
        pairs.Sort((a, b) => a.Frequency != b.Frequency ? b.Frequency.CompareTo(a.Frequency) : a.Length.CompareTo(b.Length));
        var count = 0;
        foreach (var pair in pairs)
        {
            if (count == 0 || pair.Length < pairs[count - 1].Length)
                pairs[count++] = pair;
        }
        (Frequency0, DocumentLength0) = Joined(pairs[..count], 0);
        (Frequency1, DocumentLength1) = Joined(pairs[..count], 1);
        (Frequency2, DocumentLength2) = Joined(pairs[..count], 2);
    }

    /// <summary>One third of the pairs as one: its largest frequency, its smallest length.</summary>
    private static (ushort Frequency, ushort Length) Joined(ReadOnlySpan<(int Frequency, int Length)> pairs, int third)
    {
        var (first, end) = (pairs.Length * third / 3, pairs.Length * (third + 1) / 3);
        if (first == end)
            (first, end) = (pairs.Length - 1, pairs.Length);
        return ((ushort)Math.Min(pairs[first].Frequency, AnyFrequency), (ushort)Math.Min(pairs[end - 1].Length, ushort.MaxValue));
    }
}
