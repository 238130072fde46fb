using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Matches that were found beforehand: documents in ascending order, each with a frequency.</summary>
internal sealed class ListStream : ScoreStream
{
    private readonly List<(int Document, long Score)> _matches;
    private int _boundIndex;
    private int _index;

    public ListStream(SegmentReader reader, IEnumerable<(int Document, float Frequency)> matches, Bm25 bm25, float weight)
        : base(bm25, reader)
    {
        var scaled = Bm25.Scaled(weight);
        _matches = [.. matches.Select(match => (match.Document, bm25.Score(scaled, match.Frequency, reader.Length(match.Document))))];
    }

    public override int Cost => _matches.Count;

    public override void Rewind() => (_boundIndex, _index) = (0, 0);

    public override long Bound(int start, int end)
    {
        while (_boundIndex < _matches.Count && _matches[_boundIndex].Document < start)
            _boundIndex++;
        var bound = NoDocument;
        for (var i = _boundIndex; i < _matches.Count && _matches[i].Document < end; i++)
            bound = Math.Max(bound, _matches[i].Score);
        return bound;
    }

    public override void AddTo(Span<long> sums, int start, int end, long least)
    {
        for (MoveTo(start); _index < _matches.Count && _matches[_index].Document < end; _index++)
            sums[_matches[_index].Document - start] += _matches[_index].Score + Flag;
    }

    public override long Of(int document)
    {
        MoveTo(document);
        return _index < _matches.Count && _matches[_index].Document == document ? _matches[_index].Score + Flag : 0;
    }

    public override void CollectInto(DocumentSet set)
    {
        foreach (var (document, _) in _matches)
            set.Add(document);
    }

    private void MoveTo(int document)
    {
        while (_index < _matches.Count && _matches[_index].Document < document)
            _index++;
    }
}
