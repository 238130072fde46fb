using System.Text;
using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Documents analyzed but not yet in a segment file.</summary>
internal sealed class SegmentBuffer(IndexSchema schema, ThaiAnalyzer analyzer)
{
    /// <summary>Positions left free between two values, so that no phrase reaches across.</summary>
    private const int ValueGap = 10;

    private sealed record BufferedDocument(byte[] Key, byte[] Stored, int Length, List<(int Field, string Value)> Keywords, long[] Numbers);

    private readonly int[] _units = schema.Units();
    private readonly Dictionary<string, BufferedPostings> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BufferedPostings> _bigrams = new(StringComparer.Ordinal);
    private readonly List<BufferedDocument> _documents = [];
    private readonly Dictionary<string, int> _liveKeys = new(StringComparer.Ordinal);
    private readonly HashSet<int> _deleted = [];

    public int Count => _documents.Count;

    public int LiveCount => _liveKeys.Count;

    /// <summary>Rough size in memory, in bytes.</summary>
    public long Size { get; private set; }

    public void Add(Document document)
    {
        var number = _documents.Count;
        var keywords = document.Keywords.Select(k => (schema.KeywordFieldNumber(k.Field), k.Value)).ToList();
        var numbers = new long[schema.NumberFields.Count];
        Array.Fill(numbers, long.MinValue);
        foreach (var (field, value) in document.Numbers)
            numbers[schema.NumberFieldNumber(field)] = Math.Max(value, numbers[schema.NumberFieldNumber(field)]);
        // A wrong field name throws before anything is added.
        var texts = document.Texts.Select(t => (schema.TextFieldNumber(t.Field), t.Text)).ToArray();
        var valueStarts = new ByteBuffer();
        var length = AddTexts(texts, number, valueStarts);
        var stored = new ByteBuffer();
        StoredFields.Write(document, valueStarts.Written, stored);
        _documents.Add(new BufferedDocument(Encoding.UTF8.GetBytes(document.Key), stored.Written.ToArray(), length, keywords, numbers));
        _liveKeys[document.Key] = number;
        Size += stored.Length;
    }

    public void Delete(string key)
    {
        if (_liveKeys.Remove(key, out var number))
            _deleted.Add(number);
    }

    /// <summary>Writes a segment with all documents, deleted ones included; <see cref="Deleted"/> tells which those are.</summary>
    public long Write(string path)
    {
        using var writer = new SegmentWriter(path, schema);
        foreach (var document in _documents)
            writer.AddDocument(document.Key, document.Stored, document.Length, document.Keywords, document.Numbers);
        WriteStream(writer, TermKeys.Words, _words);
        WriteStream(writer, TermKeys.Bigrams, _bigrams);
        return writer.Finish();
    }

    public IReadOnlyCollection<int> Deleted => _deleted;

    private int AddTexts((int Field, string Text)[] texts, int number, ByteBuffer valueStarts)
    {
        var length = 0;
        var (position, previous) = (0, 0);
        Span<char> buffer = stackalloc char[ClusterBigrams.BufferLength];
        foreach (var (field, text) in texts)
        {
            ValueStarts.Append(valueStarts, field, position - previous);
            previous = position;
            var units = _units[field];
            var analyzed = analyzer.Analyze(text);
            foreach (var token in analyzed.Tokens)
                Size += Of(_words, analyzed.TermOf(token)).Add(number, units, position + token.Position);
            var bigrams = new ClusterBigrams(analyzed.Normalized.Text, buffer);
            while (bigrams.MoveNext())
                Size += Of(_bigrams, bigrams.Current).Add(number, units, null);
            length += analyzed.PositionCount * units;
            position += analyzed.PositionCount + ValueGap;
        }
        return length;
    }

    private BufferedPostings Of(Dictionary<string, BufferedPostings> stream, ReadOnlySpan<char> term)
    {
        var lookup = stream.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(term, out var postings))
            return postings;
        Size += 200 + term.Length * 2;
        lookup[term] = postings = new BufferedPostings();
        return postings;
    }

    private static void WriteStream(SegmentWriter writer, byte stream, Dictionary<string, BufferedPostings> terms)
    {
        var sorted = terms.Select(pair => (Key: TermKeys.Of(stream, pair.Key), pair.Value)).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        foreach (var (key, postings) in sorted)
        {
            postings.WriteTo(writer);
            writer.EndTerm(key);
        }
    }
}
