using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace KnowledgePortal.Search.Indexing;

/// <summary>Which documents of a segment are not deleted. Immutable; a deletion gives a changed copy.</summary>
internal sealed class LiveDocuments
{
    private const int Magic = 0x4C53504B;

    /// <summary>One bit per document, set when it is deleted; empty when none is.</summary>
    private readonly ulong[] _deleted;
    private readonly ConcurrentDictionary<long, int> _frequencies = new();

    private LiveDocuments(ulong[] deleted, int documentCount)
    {
        _deleted = deleted;
        DocumentCount = documentCount;
        DeletedCount = deleted.Sum(BitOperations.PopCount);
    }

    public int DocumentCount { get; }

    public int DeletedCount { get; }

    public int LiveCount => DocumentCount - DeletedCount;

    public static LiveDocuments All(int documentCount) => new([], documentCount);

    public bool IsLive(int document) => _deleted.Length == 0 || (_deleted[document >> 6] >> (document & 63) & 1) == 0;

    /// <summary>The bits of documents 64 i to 64 i + 63, set when deleted; only when any document is.</summary>
    public ulong DeletedBits(int i) => _deleted[i];

    /// <summary>Live documents of a term. Counting is remembered, because the same words are asked for again and again.</summary>
    public int Frequency(SegmentReader reader, TermEntry entry) =>
        DeletedCount == 0 ? entry.DocumentCount : _frequencies.GetOrAdd(entry.Offset, static (_, of) => of.entry.DocumentCount - of.live.DeletedIn(new Postings(of.reader.File, of.entry)), (live: this, reader, entry));

    private int DeletedIn(Postings postings)
    {
        var count = 0;
        for (var i = 0; i < _deleted.Length; i++)
        {
            for (var bits = _deleted[i]; bits != 0; bits &= bits - 1)
            {
                var document = i * 64 + BitOperations.TrailingZeroCount(bits);
                if (!postings.Advance(document))
                    return count;
                count += postings.Document == document ? 1 : 0;
            }
        }
        return count;
    }

    /// <summary>Documents that are deleted here and were not in an earlier version.</summary>
    public IEnumerable<int> DeletedSince(LiveDocuments earlier) => Enumerable.Range(0, DeletedCount == earlier.DeletedCount ? 0 : DocumentCount).Where(document => !IsLive(document) && earlier.IsLive(document));

    public LiveDocuments Without(IEnumerable<int> documents)
    {
        var deleted = _deleted.Length == 0 ? new ulong[(DocumentCount + 63) / 64] : (ulong[])_deleted.Clone();
        foreach (var document in documents)
            deleted[document >> 6] |= 1UL << (document & 63);
        return new LiveDocuments(deleted, DocumentCount);
    }

    public void Write(string path)
    {
        using var file = new DurableFile(path);
        file.WriteInt32(Magic);
        file.WriteInt32(DocumentCount);
        file.Write(MemoryMarshal.AsBytes(_deleted.AsSpan()));
        file.Commit();
    }

    /// <exception cref="DamagedIndexException">The file is not what was written for this segment.</exception>
    public static LiveDocuments Read(string path, int documentCount)
    {
        var numbers = MappedFile.ReadAll(path);
        var header = MemoryMarshal.Cast<byte, int>(numbers);
        if (numbers.Length != 8 + (documentCount + 63) / 64 * 8 || header[0] != Magic || header[1] != documentCount)
            throw new DamagedIndexException($"{path} does not belong to its segment.");
        return new LiveDocuments(MemoryMarshal.Cast<byte, ulong>(numbers.AsSpan(8)).ToArray(), documentCount);
    }
}
