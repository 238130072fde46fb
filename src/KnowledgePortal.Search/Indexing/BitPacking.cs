using System.Numerics;
using System.Runtime.CompilerServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Stores up to 128 non-negative integers with as many bits each as the largest needs, the lowest bit first.</summary>
internal static unsafe class BitPacking
{
    public const int BlockSize = 128;

    public static int BitsFor(ReadOnlySpan<int> values)
    {
        var all = 0;
        foreach (var value in values)
            all |= value;
        return 32 - BitOperations.LeadingZeroCount((uint)all);
    }

    public static int ByteLength(int count, int bits) => (count * bits + 7) / 8;

    public static void Pack(ReadOnlySpan<int> values, int bits, ByteBuffer output)
    {
        ulong pending = 0;
        var pendingBits = 0;
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << pendingBits;
            for (pendingBits += bits; pendingBits >= 8; pendingBits -= 8, pending >>= 8)
                output.Write((byte)pending);
        }
        if (pendingBits > 0)
            output.Write((byte)pending);
    }

    /// <summary>Reads up to seven bytes after the last value; a file always has that many more.</summary>
    public static void Unpack(byte* input, int bits, Span<int> values)
    {
        var mask = (1UL << bits) - 1;
        var position = 0;
        for (var i = 0; i < values.Length; i++, position += bits)
            values[i] = (int)(Unsafe.ReadUnaligned<ulong>(input + (position >> 3)) >> (position & 7) & mask);
    }
}
