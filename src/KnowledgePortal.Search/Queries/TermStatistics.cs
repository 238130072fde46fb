using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Counts over the live documents of all segments, so that scores do not depend on how the documents came to be in their segments.</summary>
internal sealed class TermStatistics
{
    private readonly IReadOnlyList<SegmentView> _segments;

    public TermStatistics(IReadOnlyList<SegmentView> segments)
    {
        _segments = segments;
        long total = 0;
        foreach (var (reader, live) in segments)
        {
            DocumentCount += live.LiveCount;
            for (var document = 0; document < reader.DocumentCount; document++)
                total += live.IsLive(document) ? reader.Length(document) : 0;
        }
        AverageLength = DocumentCount == 0 ? 0 : (double)total / DocumentCount;
    }

    public long DocumentCount { get; }

    /// <summary>Mean weighted length of the live documents, in boost units.</summary>
    public double AverageLength { get; }

    /// <summary>Live documents that hold a term.</summary>
    public long DocumentFrequency(byte[] key)
    {
        long count = 0;
        foreach (var (reader, live) in _segments)
        {
            if (reader.Terms.Find(key) is { } entry)
                count += live.DeletedCount == 0 ? entry.DocumentCount : CountLive(new Postings(reader.File, entry), live);
        }
        return count;
    }

    public float Idf(byte[] key) => Bm25.Idf(DocumentCount, DocumentFrequency(key));

    /// <summary>The first terms of a stream that begin with a prefix, in byte order.</summary>
    public IReadOnlyList<byte[]> TermsWith(byte[] prefix, int most)
    {
        var found = new SortedSet<byte[]>(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        foreach (var (reader, _) in _segments)
        {
            var terms = reader.Terms.From(prefix);
            for (var i = 0; i < most && terms.MoveNext() && terms.Term.StartsWith(prefix); i++)
                found.Add(terms.Term.ToArray());
        }
        return [.. found.Take(most)];
    }

    private static long CountLive(Postings postings, LiveDocuments live)
    {
        long count = 0;
        while (postings.NextBlock())
        {
            foreach (var document in postings.Documents)
                count += live.IsLive(document) ? 1 : 0;
        }
        return count;
    }
}
