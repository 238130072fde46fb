using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>What is known of a block of postings without unpacking it.</summary>
/// <param name="LastDocument">The last document in it.</param>
/// <param name="BlockOffset">Where it begins among the blocks of the term.</param>
/// <param name="PositionsOffset">Where its positions begin among the positions of the term.</param>
/// <param name="Saturation">
/// The largest <see cref="Bm25.Saturation"/> of its postings for the average length of the segment. For an average that is r times larger no posting has more
/// than r times as much, so the bound stays true when the index grows.
/// </param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct BlockSummary(int LastDocument, int BlockOffset, int PositionsOffset, float Saturation)
{
    public const int Length = 16;
}
