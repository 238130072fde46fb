using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>A single term.</summary>
internal sealed class TermStream : ScoreStream
{
    private readonly Postings _postings;
    private readonly BlockBounds _bounds;
    private readonly float _weight;
    private readonly float _factor;
    private long[]? _scores;
    private int _scoredBlock = -1;

    /// <param name="reader">The segment.</param>
    /// <param name="entry">The term in it.</param>
    /// <param name="bm25">The formula.</param>
    /// <param name="weight">Idf and what else the term is worth.</param>
    /// <param name="factor">By which frequencies are multiplied.</param>
    public TermStream(SegmentReader reader, TermEntry entry, Bm25 bm25, float weight, float factor)
        : base(bm25, reader)
    {
        _postings = new Postings(reader.File, entry);
        (_weight, _factor) = (Bm25.Scaled(weight), factor);
        _bounds = new BlockBounds(_postings, reader, bm25, _weight, factor);
    }

    public override int Cost => _postings.DocumentCount;

    public override void Rewind() => _bounds.Rewind();

    public override long Bound(int start, int end) => _bounds.Of(start, end);

    public override void AddTo(Span<long> sums, int start, int end, long least)
    {
        var flag = Flag;
        for (var from = start; from < end; from = _postings.Document + 1)
        {
            if (least > 0)
                from = _bounds.SkipWeak(from, end, least);
            if (from >= end || !_postings.Advance(from))
                return;
            var documents = _postings.Documents;
            var scores = ScoresOfBlock()[..documents.Length];
            var i = _postings.Index;
            // Every document is in the window, so the bounds need no checks.
            ref var first = ref MemoryMarshal.GetReference(sums);
            for (; i < documents.Length && documents[i] < end; i++)
                Unsafe.Add(ref first, documents[i] - start) += scores[i] + flag;
            _postings.Index = Math.Min(i, documents.Length - 1);
            if (i < documents.Length)
                return;
        }
    }

    private Span<long> ScoresOfBlock()
    {
        _scores ??= new long[BitPacking.BlockSize];
        if (_scoredBlock != _postings.Block)
        {
            Bm25.Score(_weight, _factor, _postings.Documents, _postings.Frequencies, Reader.Lengths, _scores);
            _scoredBlock = _postings.Block;
        }
        return _scores;
    }

    public override long Of(int document) => _postings.Advance(document) && _postings.Document == document
        ? Bm25.Score(_weight, _postings.Frequency * _factor, Reader.Length(document)) + Flag
        : 0;

    public override void CollectInto(DocumentSet set)
    {
        for (var more = _postings.Advance(0); more; more = _postings.NextBlock())
        {
            foreach (var document in _postings.Documents)
                set.Add(document);
        }
    }
}
