using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>
/// Writes one segment file: stored documents, postings, term dictionary, columns, then the table of contents and the checksum.
/// Call in this order: all <see cref="AddDocument"/>, all terms in byte order, <see cref="Finish"/>.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    public const int Magic = 0x4753504B;
    public const int FormatVersion = 2;

    private readonly DurableFile _file;
    private readonly PostingsWriter _postings;
    private readonly TermDictionaryWriter _terms = new();
    private readonly List<long> _storedOffsets = [];
    private readonly List<int> _lengths = [];
    private readonly List<(ulong Hash, int Document)> _keys = [];
    private readonly KeywordColumnWriter[] _keywords;
    private readonly List<long>[] _numbers;

    public SegmentWriter(string path, IndexSchema schema)
    {
        _file = new DurableFile(path);
        _postings = new PostingsWriter(_file, schema, _lengths);
        _keywords = [.. schema.KeywordFields.Select(_ => new KeywordColumnWriter())];
        _numbers = [.. schema.NumberFields.Select(_ => new List<long>())];
        _file.WriteInt32(Magic);
        _file.WriteInt32(FormatVersion);
    }

    public int DocumentCount => _lengths.Count;

    /// <summary>Adds the next document.</summary>
    /// <param name="key">UTF-8 bytes of its key.</param>
    /// <param name="stored">See <see cref="StoredFields"/>.</param>
    /// <param name="length">Weighted number of simple tokens, in boost units.</param>
    /// <param name="keywords">Field numbers and values.</param>
    /// <param name="numbers">One value per number field.</param>
    public void AddDocument(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, int length, IEnumerable<(int Field, string Value)> keywords, ReadOnlySpan<long> numbers)
    {
        _keys.Add((StoredFields.Hash(key), DocumentCount));
        foreach (var (field, value) in keywords)
            _keywords[field].Add(DocumentCount, value);
        for (var i = 0; i < numbers.Length; i++)
            _numbers[i].Add(numbers[i]);
        _storedOffsets.Add(_file.Position);
        _file.Write(stored);
        _lengths.Add(length);
    }

    /// <summary>Adds a document to the current term.</summary>
    public void AddPosting(int document, int frequency, ReadOnlySpan<byte> positions) => _postings.Add(document, frequency, positions);

    /// <summary>Ends the current term; a term without documents is left out.</summary>
    public void EndTerm(ReadOnlySpan<byte> term)
    {
        var count = _postings.Count;
        if (count > 0)
            _terms.Add(term, new TermEntry(count, _postings.End()));
    }

    /// <summary>Makes the segment permanent and returns its length in bytes.</summary>
    public long Finish()
    {
        var sections = new List<long>();
        _storedOffsets.Add(0);
        Section(sections, () => _file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_storedOffsets))));
        Section(sections, () => _file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_lengths))));
        _keys.Sort();
        Section(sections, () => _file.Write(MemoryMarshal.AsBytes(_keys.Select(key => key.Hash).ToArray().AsSpan())));
        Section(sections, () => _file.Write(MemoryMarshal.AsBytes(_keys.Select(key => key.Document).ToArray().AsSpan())));
        Section(sections, () => _terms.Write(_file));
        foreach (var column in _keywords)
            Section(sections, () => column.Write(_file, DocumentCount));
        foreach (var column in _numbers)
            Section(sections, () => _file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(column))));
        _file.Align();
        foreach (var section in sections)
            _file.WriteInt64(section);
        _file.WriteInt32(DocumentCount);
        _file.WriteInt32(sections.Count);
        _file.Commit();
        return _file.Position;
    }

    public void Dispose() => _file.Dispose();

    private void Section(List<long> sections, Action write)
    {
        _file.Align();
        sections.Add(_file.Position);
        write();
    }
}
