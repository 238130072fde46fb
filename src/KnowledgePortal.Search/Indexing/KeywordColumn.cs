using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Collects the keyword values of one field, document by document in ascending order, and writes them sorted and numbered.</summary>
internal sealed class KeywordColumnWriter
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(int Document, int Value)> _values = [];

    public void Add(int document, string value)
    {
        if (!_numbers.TryGetValue(value, out var number))
            _numbers.Add(value, number = _numbers.Count);
        _values.Add((document, number));
    }

    public void Write(DurableFile file, int documentCount)
    {
        var sorted = _numbers.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var ordinals = new int[sorted.Count];
        for (var i = 0; i < sorted.Count; i++)
            ordinals[sorted[i].Value] = i;
        var starts = new int[documentCount + 1];
        var unique = _values.Select(v => (v.Document, Ordinal: ordinals[v.Value])).Distinct().Order().ToList();
        foreach (var (document, _) in unique)
            starts[document + 1]++;
        for (var i = 0; i < documentCount; i++)
            starts[i + 1] += starts[i];
        var texts = new ByteBuffer();
        foreach (var (value, _) in sorted)
            texts.WriteText(value);
        file.WriteInt32(sorted.Count);
        file.WriteInt32(unique.Count);
        file.Write(MemoryMarshal.AsBytes(starts.AsSpan()));
        file.Write(MemoryMarshal.AsBytes(unique.Select(v => v.Ordinal).ToArray().AsSpan()));
        file.Write(texts.Written);
        file.Align();
    }
}

/// <summary>The keyword values of one field in one segment.</summary>
internal sealed unsafe class KeywordColumn
{
    private readonly MappedFile _file;
    private readonly int* _starts;
    private readonly int* _ordinals;

    public KeywordColumn(MappedFile file, long offset, int documentCount)
    {
        _file = file;
        var header = (int*)(file.Start + offset);
        _starts = header + 2;
        _ordinals = _starts + documentCount + 1;
        var cursor = new ByteCursor((byte*)(_ordinals + header[1]));
        Values = new string[header[0]];
        for (var i = 0; i < Values.Length; i++)
            Values[i] = cursor.ReadText();
        GC.KeepAlive(_file);
    }

    /// <summary>The values in ordinal order; their index is their number.</summary>
    public string[] Values { get; }

    /// <summary>Numbers of a document's values, ascending.</summary>
    public ReadOnlySpan<int> Of(int document) => new(_ordinals + _starts[document], _starts[document + 1] - _starts[document]);
}
