namespace KnowledgePortal.Search.Queries;

/// <summary>A match: its place among all documents, what it is ordered by, and from what its score was made.</summary>
internal readonly record struct Candidate(int Segment, int Document, long Number, float Score, int Matched, long Sum)
{
    /// <summary>Negative when it comes before the other: the larger number first, then the larger score, then the earlier document.</summary>
    public int CompareTo(in Candidate other)
    {
        if (Number != other.Number)
            return other.Number.CompareTo(Number);
        if (Score != other.Score)
            return other.Score.CompareTo(Score);
        return Segment == other.Segment ? Document.CompareTo(other.Document) : Segment.CompareTo(other.Segment);
    }
}

/// <summary>Keeps the best candidates, in a heap with the worst of them at its root.</summary>
internal sealed class TopDocs(int most)
{
    private readonly List<Candidate> _heap = new(Math.Min(most, 256));

    /// <summary>Only candidates with a larger score may be kept any more, as long as they come without numbers. Negative while there is room.</summary>
    public float Threshold { get; private set; } = most > 0 ? -1 : float.MaxValue;

    public void Add(in Candidate candidate)
    {
        if (_heap.Count < most)
        {
            _heap.Add(candidate);
            MoveUp(candidate);
        }
        else if (most > 0 && candidate.CompareTo(_heap[0]) < 0)
            MoveDown(candidate);
        else
            return;
        if (_heap.Count == most)
            Threshold = MathF.BitDecrement(_heap[0].Score);
    }

    /// <summary>The kept candidates, best first.</summary>
    public List<Candidate> Take()
    {
        _heap.Sort(static (a, b) => a.CompareTo(b));
        return _heap;
    }

    private void MoveUp(in Candidate candidate)
    {
        var i = _heap.Count - 1;
        for (var parent = (i - 1) / 2; i > 0 && candidate.CompareTo(_heap[parent]) > 0; parent = (i - 1) / 2)
        {
            _heap[i] = _heap[parent];
            i = parent;
        }
        _heap[i] = candidate;
    }

    /// <summary>Puts a candidate in the place of the root.</summary>
    private void MoveDown(in Candidate candidate)
    {
        var i = 0;
        for (var child = 1; child < _heap.Count; child = 2 * i + 1)
        {
            if (child + 1 < _heap.Count && _heap[child + 1].CompareTo(_heap[child]) > 0)
                child++;
            if (_heap[child].CompareTo(candidate) <= 0)
                break;
            _heap[i] = _heap[child];
            i = child;
        }
        _heap[i] = candidate;
    }
}
