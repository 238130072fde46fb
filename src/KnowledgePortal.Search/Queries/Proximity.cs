using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>What neighbouring words of the query add to documents of one segment in which they stand side by side.</summary>
internal sealed class Proximity
{
    private readonly SegmentContext _segment;
    private readonly List<Word> _words = [];
    private readonly List<(Word First, Word Second, int Distance, float Weight)> _pairs = [];

    public Proximity(SegmentContext segment, IReadOnlyList<WordPair> pairs)
    {
        _segment = segment;
        foreach (var pair in pairs)
        {
            if (Open(pair.First) is { } first && Open(pair.Second) is { } second)
                _pairs.Add((first, second, pair.Distance, Bm25.Scaled(pair.Weight)));
        }
    }

    /// <summary>A word of the query at the current document.</summary>
    private sealed class Word(TermState term, Postings postings)
    {
        private int[] _positions = new int[16];
        private int _count;
        private int _document = -1;

        public TermState Term => term;

        public ReadOnlySpan<int> PositionsIn(int document)
        {
            if (_document != document)
            {
                _count = postings.Advance(document) && postings.Document == document ? postings.ReadPositions(ref _positions) : 0;
                _document = document;
            }
            return _positions.AsSpan(0, _count);
        }

        /// <summary>False without reading positions.</summary>
        public bool IsIn(int document) => _document == document ? _count > 0 : postings.Advance(document) && postings.Document == document;
    }

    /// <summary>What the pairs add to the sum of a document. Documents come in ascending order.</summary>
    public long Of(int document)
    {
        var sum = 0L;
        foreach (var (first, second, distance, weight) in _pairs)
        {
            if (!first.IsIn(document) || !second.IsIn(document))
                continue;
            var count = Count(first.PositionsIn(document), second.PositionsIn(document), distance);
            if (count > 0)
                sum += _segment.Bm25.Score(weight, count * _segment.Bm25.UnitsPerBoost, _segment.Reader.Length(document));
        }
        return sum;
    }

    private static int Count(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int distance)
    {
        var (count, i, j) = (0, 0, 0);
        while (i < first.Length && j < second.Length)
        {
            var difference = second[j] - first[i] - distance;
            count += difference == 0 ? 1 : 0;
            i += difference >= 0 ? 1 : 0;
            j += difference <= 0 ? 1 : 0;
        }
        return count;
    }

    private Word? Open(TermState term)
    {
        if (_words.Find(word => ReferenceEquals(word.Term, term)) is { } known)
            return known;
        if (term.Entries[_segment.Number] is not { } entry)
            return null;
        var opened = new Word(term, new Postings(_segment.Reader.File, entry));
        _words.Add(opened);
        return opened;
    }
}
