using System.Buffers;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Several terms that stand for one word: the weighted sum of their frequencies is the frequency of the word.</summary>
internal sealed class GroupStream : ScoreStream
{
    private readonly List<(Postings Postings, BlockBounds Bounds, float Factor)> _terms = [];
    private readonly float _weight;

    public GroupStream(SegmentReader reader, IReadOnlyList<(TermEntry Entry, float Factor)> terms, Bm25 bm25, float weight)
        : base(bm25, reader)
    {
        _weight = Bm25.Scaled(weight);
        foreach (var (entry, factor) in terms)
        {
            var postings = new Postings(reader.File, entry);
            _terms.Add((postings, new BlockBounds(postings, reader, bm25, _weight, factor), factor));
        }
    }

    public override int Cost => _terms.Sum(term => term.Postings.DocumentCount);

    public override void Rewind() => _terms.ForEach(term => term.Bounds.Rewind());

    /// <summary>The score of a sum of frequencies is at most the sum of their scores.</summary>
    public override long Bound(int start, int end)
    {
        var sum = NoDocument;
        foreach (var (_, bounds, _) in _terms)
        {
            if (bounds.Of(start, end) is >= 0 and var bound)
                sum = Math.Max(sum, 0) + bound + 1;
        }
        return sum;
    }

    public override void AddTo(Span<long> sums, int start, int end, long least)
    {
        var frequencies = ArrayPool<float>.Shared.Rent(end - start);
        frequencies.AsSpan(0, end - start).Clear();
        foreach (var (postings, _, factor) in _terms)
            AddFrequencies(postings, factor, frequencies, start, end);
        for (var i = 0; i < end - start; i++)
        {
            if (frequencies[i] > 0)
                sums[i] += Bm25.Score(_weight, frequencies[i], Reader.Length(start + i)) + Flag;
        }
        ArrayPool<float>.Shared.Return(frequencies);
    }

    public override long Of(int document)
    {
        var frequency = 0f;
        foreach (var (postings, _, factor) in _terms)
        {
            if (postings.Advance(document) && postings.Document == document)
                frequency += postings.Frequency * factor;
        }
        return frequency > 0 ? Bm25.Score(_weight, frequency, Reader.Length(document)) + Flag : 0;
    }

    public override void CollectInto(DocumentSet set)
    {
        foreach (var (postings, _, _) in _terms)
        {
            for (var more = postings.Advance(0); more; more = postings.NextBlock())
            {
                foreach (var document in postings.Documents)
                    set.Add(document);
            }
        }
    }

    private static void AddFrequencies(Postings postings, float factor, float[] frequencies, int start, int end)
    {
        for (var more = postings.Advance(start); more && postings.Document < end; more = postings.Next())
            frequencies[postings.Document - start] += postings.Frequency * factor;
    }
}
