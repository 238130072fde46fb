using System.Text;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>A term as the segments of an index know it.</summary>
/// <param name="Entries">By segment; null where it does not occur.</param>
/// <param name="Frequency">Live documents that hold it.</param>
/// <param name="Idf">See <see cref="Bm25.Idf"/>.</param>
internal sealed record TermState(TermEntry?[] Entries, long Frequency, float Idf);

/// <summary>Counts over the live documents of all segments, so that scores do not depend on how the documents came to be in their segments.</summary>
internal sealed class TermStatistics
{
    private const int MostSimilar = 256;

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

    public TermState Find(byte[] key)
    {
        var entries = new TermEntry?[_segments.Count];
        long frequency = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if ((entries[i] = _segments[i].Reader.Terms.Find(key)) is { } entry)
                frequency += _segments[i].Live.Frequency(_segments[i].Reader, entry);
        }
        return new TermState(entries, frequency, Bm25.Idf(DocumentCount, frequency));
    }

    /// <summary>Indexed words that have the letters of a typed one but other marks.</summary>
    public IEnumerable<string> WordsButForMarks(string typed) => _segments.SelectMany(segment => Spelling.Of(segment.Reader).ButForMarks(typed)).Distinct(StringComparer.Ordinal);

    /// <summary>Indexed words that differ from a typed one in one cluster at most, in a fixed order.</summary>
    public IReadOnlyList<string> SimilarWords(string typed) =>
        [.. _segments.SelectMany(segment => Spelling.Of(segment.Reader).Similar(typed)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostSimilar)];

    /// <summary>The first words that begin with a prefix, in byte order.</summary>
    public IReadOnlyList<string> WordsWith(string prefix, int most)
    {
        var key = TermKeys.Of(TermKeys.Words, prefix);
        var found = new SortedSet<byte[]>(Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        foreach (var (reader, _) in _segments)
        {
            var terms = reader.Terms.From(key);
            for (var i = 0; i < most && terms.MoveNext() && terms.Term.StartsWith(key); i++)
                found.Add(terms.Term.ToArray());
        }
        return [.. found.Take(most).Select(term => Encoding.UTF8.GetString(term.AsSpan(1)))];
    }
}

/// <summary>Terms looked up during one search, each once.</summary>
internal sealed class TermLookup(TermStatistics statistics)
{
    private readonly Dictionary<string, TermState> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermState> _bigrams = new(StringComparer.Ordinal);

    public TermStatistics Statistics => statistics;

    public TermState Word(string term) => Find(_words, TermKeys.Words, term);

    public TermState Bigram(string term) => Find(_bigrams, TermKeys.Bigrams, term);

    private TermState Find(Dictionary<string, TermState> known, byte stream, string term)
    {
        if (!known.TryGetValue(term, out var state))
            known.Add(term, state = statistics.Find(TermKeys.Of(stream, term)));
        return state;
    }
}
