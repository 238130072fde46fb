namespace KnowledgePortal.Search.Indexing;

/// <summary>Where each text value of a document begins among its positions, and which field it belongs to.</summary>
internal sealed class ValueStarts
{
    private readonly List<(int Start, int Field)> _values = [];

    /// <summary>Encoded as pairs of field number and distance from the value before.</summary>
    public static void Append(ByteBuffer output, int field, int distance)
    {
        output.WriteVariable(field);
        output.WriteVariable(distance);
    }

    /// <summary>Reads the values of another document.</summary>
    public unsafe void Read(ReadOnlySpan<byte> encoded)
    {
        _values.Clear();
        var start = 0;
        fixed (byte* bytes = encoded)
        {
            for (var cursor = new ByteCursor(bytes); cursor.At < bytes + encoded.Length;)
            {
                var field = cursor.ReadCount();
                _values.Add((start += cursor.ReadCount(), field));
            }
        }
    }

    /// <summary>Number of the value that a position is in.</summary>
    public int ValueAt(int position)
    {
        var (low, high) = (0, _values.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_values[middle].Start <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    /// <summary>Number of the field that a position is in.</summary>
    public int FieldAt(int position) => _values[ValueAt(position)].Field;
}
