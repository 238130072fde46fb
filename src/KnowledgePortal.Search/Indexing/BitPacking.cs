using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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
        var done = Avx2.IsSupported && bits <= 25 ? UnpackWide(input, bits, values) : 0;
        var mask = (1UL << bits) - 1;
        var position = done * bits;
        for (var i = done; i < values.Length; i++, position += bits)
            values[i] = (int)(Unsafe.ReadUnaligned<ulong>(input + (position >> 3)) >> (position & 7) & mask);
    }

    /// <summary>One of the values.</summary>
    public static int Value(byte* input, int bits, int index) =>
        (int)(Unsafe.ReadUnaligned<ulong>(input + ((index * bits) >> 3)) >> ((index * bits) & 7) & ((1UL << bits) - 1));

    /// <summary>Eight values at a time, each out of the four bytes in which it begins; returns how many are done.</summary>
    private static int UnpackWide(byte* input, int bits, Span<int> values)
    {
        var mask = Vector256.Create((1 << bits) - 1);
        var positions = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7) * bits;
        var step = Vector256.Create(8 * bits);
        fixed (int* output = values)
        {
            var i = 0;
            for (; i + 8 <= values.Length; i += 8, positions += step)
            {
                var words = Avx2.GatherVector256((int*)input, Vector256.ShiftRightLogical(positions, 3), 1);
                (Avx2.ShiftRightLogicalVariable(words, (positions & Vector256.Create(7)).AsUInt32()) & mask).Store(output + i);
            }
            return i;
        }
    }
}
