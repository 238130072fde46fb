using System.Numerics;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>A set of documents of one segment, one bit each.</summary>
internal sealed class DocumentSet(int documentCount)
{
    private readonly ulong[] _bits = new ulong[(documentCount + 63) / 64];

    public int DocumentCount { get; } = documentCount;

    public static DocumentSet All(int documentCount)
    {
        var set = new DocumentSet(documentCount);
        set._bits.AsSpan().Fill(ulong.MaxValue);
        if (documentCount % 64 != 0)
            set._bits[^1] = (1UL << documentCount % 64) - 1;
        return set;
    }

    public bool Contains(int document) => (_bits[document >> 6] >> (document & 63) & 1) != 0;

    public void Add(int document) => _bits[document >> 6] |= 1UL << (document & 63);

    public void Remove(int document) => _bits[document >> 6] &= ~(1UL << (document & 63));

    public void AddAll(DocumentSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }

    public void KeepOnly(DocumentSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= other._bits[i];
    }

    public void RemoveAll(DocumentSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= ~other._bits[i];
    }

    public void KeepLive(LiveDocuments live)
    {
        for (var i = 0; i < _bits.Length && live.DeletedCount > 0; i++)
            _bits[i] &= ~live.DeletedBits(i);
    }

    public int Count()
    {
        var count = 0;
        foreach (var bits in _bits)
            count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>The first document that is not before <paramref name="document"/>; <see cref="DocumentCount"/> when there is none.</summary>
    public int From(int document)
    {
        if (document >= DocumentCount)
            return DocumentCount;
        var word = document >> 6;
        var bits = _bits[word] >> (document & 63) << (document & 63);
        while (bits == 0)
        {
            if (++word == _bits.Length)
                return DocumentCount;
            bits = _bits[word];
        }
        return word * 64 + BitOperations.TrailingZeroCount(bits);
    }
}
