using System.Text;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// The stored form of a document: its key, the places where its text values begin (see <see cref="ValueStarts"/>), then pairs of name and value, each as length
/// and UTF-8.
/// </summary>
internal static class StoredFields
{
    public static void Write(Document document, ReadOnlySpan<byte> valueStarts, ByteBuffer output)
    {
        output.WriteText(document.Key);
        output.WriteVariable(valueStarts.Length);
        output.Write(valueStarts);
        output.WriteVariable(document.StoredValues.Count);
        foreach (var (name, value) in document.StoredValues)
        {
            output.WriteText(name);
            output.WriteText(value);
        }
    }

    public static string? Find(ByteCursor cursor, string name)
    {
        cursor.ReadTextBytes();
        cursor.ReadTextBytes();
        var wanted = Encoding.UTF8.GetBytes(name);
        for (var left = cursor.ReadCount(); left > 0; left--)
        {
            var found = cursor.ReadTextBytes().SequenceEqual(wanted);
            var value = cursor.ReadTextBytes();
            if (found)
                return Encoding.UTF8.GetString(value);
        }
        return null;
    }

    /// <summary>The end of the pairs.</summary>
    public static unsafe byte* End(ByteCursor cursor)
    {
        cursor.ReadTextBytes();
        cursor.ReadTextBytes();
        for (var left = cursor.ReadCount() * 2; left > 0; left--)
            cursor.ReadTextBytes();
        return cursor.At;
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in key)
            hash = (hash ^ b) * 1099511628211UL;
        return hash;
    }
}
