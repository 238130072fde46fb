using System.Text;

namespace KnowledgePortal.Search.Indexing;

/// <summary>One immutable segment, open for reading by any number of threads.</summary>
internal sealed unsafe class SegmentReader
{
    private const int FixedSections = 5;

    private readonly long* _storedOffsets;
    private readonly int* _lengths;
    private readonly ulong* _keyHashes;
    private readonly int* _keyDocuments;
    private readonly KeywordColumn[] _keywords;
    private readonly long[] _numberOffsets;

    private SegmentReader(string name, MappedFile file, IndexSchema schema)
    {
        Name = name;
        File = file;
        DocumentCount = *(int*)(file.Start + file.Length - 8);
        var sectionCount = *(int*)(file.Start + file.Length - 4);
        if (sectionCount != FixedSections + schema.KeywordFields.Count + schema.NumberFields.Count)
            throw new DamagedIndexException($"The segment {name} belongs to another schema.");
        var sections = (long*)(file.Start + file.Length - 8) - sectionCount;
        _storedOffsets = (long*)(file.Start + sections[0]);
        _lengths = (int*)(file.Start + sections[1]);
        _keyHashes = (ulong*)(file.Start + sections[2]);
        _keyDocuments = (int*)(file.Start + sections[3]);
        Terms = new TermDictionary(file, sections[4]);
        AverageLength = Bm25.Average(Lengths);
        _keywords = new KeywordColumn[schema.KeywordFields.Count];
        for (var i = 0; i < _keywords.Length; i++)
            _keywords[i] = new KeywordColumn(file, sections[FixedSections + i], DocumentCount);
        _numberOffsets = new long[schema.NumberFields.Count];
        for (var i = 0; i < _numberOffsets.Length; i++)
            _numberOffsets[i] = sections[FixedSections + _keywords.Length + i];
    }

    public string Name { get; }

    public MappedFile File { get; }

    public int DocumentCount { get; }

    public TermDictionary Terms { get; }

    /// <exception cref="DamagedIndexException">The file is not the segment that was written.</exception>
    public static SegmentReader Open(string folder, string name, long length, IndexSchema schema)
    {
        var file = MappedFile.Open(Path.Combine(folder, name), length);
        var header = (int*)file.Start;
        if (file.Length < 16 || header[0] != SegmentWriter.Magic || header[1] != SegmentWriter.FormatVersion)
            throw new DamagedIndexException($"{name} is not a segment of this version.");
        return new SegmentReader(name, file, schema);
    }

    /// <summary>Mean length of all its documents, deleted ones included.</summary>
    public double AverageLength { get; }

    public int Length(int document) => _lengths[document];

    public ReadOnlySpan<int> Lengths => new(_lengths, DocumentCount);

    public KeywordColumn Keywords(int field) => _keywords[field];

    /// <summary>Values of a number field by document; <see cref="long.MinValue"/> where there is none.</summary>
    public ReadOnlySpan<long> Numbers(int field) => new(File.Start + _numberOffsets[field], DocumentCount);

    public string Key(int document) => Encoding.UTF8.GetString(KeyBytes(document));

    public ReadOnlySpan<byte> KeyBytes(int document) => Stored(document).ReadTextBytes();

    /// <summary>See <see cref="ValueStarts"/>.</summary>
    public ReadOnlySpan<byte> ValueStartBytes(int document)
    {
        var cursor = Stored(document);
        cursor.ReadTextBytes();
        return cursor.ReadTextBytes();
    }

    public string? StoredValue(int document, string name)
    {
        var value = StoredFields.Find(Stored(document), name);
        GC.KeepAlive(File);
        return value;
    }

    /// <summary>All of a document's stored form.</summary>
    public ReadOnlySpan<byte> StoredBytes(int document)
    {
        var start = File.Start + _storedOffsets[document];
        return new ReadOnlySpan<byte>(start, (int)(StoredFields.End(Stored(document)) - start));
    }

    /// <summary>Finds the live document with a key; -1 when there is none.</summary>
    public int FindKey(ReadOnlySpan<byte> key, LiveDocuments live)
    {
        var hash = StoredFields.Hash(key);
        var at = new ReadOnlySpan<ulong>(_keyHashes, DocumentCount).BinarySearch(hash);
        if (at < 0)
            return -1;
        while (at > 0 && _keyHashes[at - 1] == hash)
            at--;
        for (; at < DocumentCount && _keyHashes[at] == hash; at++)
        {
            var document = _keyDocuments[at];
            if (live.IsLive(document) && KeyBytes(document).SequenceEqual(key))
                return document;
        }
        return -1;
    }

    private ByteCursor Stored(int document) => new(File.Start + _storedOffsets[document]);
}
