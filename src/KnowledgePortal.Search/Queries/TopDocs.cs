namespace KnowledgePortal.Search.Queries;

/// <summary>A match: its place among all documents and what it is ordered by.</summary>
internal readonly record struct Candidate(int Segment, int Document, long Number, float Score);

/// <summary>Keeps the best candidates: the larger number first, then the larger score, then the earlier document.</summary>
internal sealed class TopDocs(int most)
{
    private static readonly Comparer<Candidate> WorstFirst = Comparer<Candidate>.Create((a, b) => Compare(b, a));

    private readonly PriorityQueue<Candidate, Candidate> _queue = new(WorstFirst);

    /// <summary>
    /// Only candidates with a larger score are kept any more, as long as they come in the order of the documents and without numbers. Negative while there is
    /// room.
    /// </summary>
    public float Threshold { get; private set; } = most > 0 ? -1 : float.MaxValue;

    public int Most => most;

    public bool IsFull => most > 0 && _queue.Count == most;

    /// <summary>Tells that there are enough documents with at least this score, so that smaller ones need not be offered.</summary>
    public void Expect(float score)
    {
        if (most > 0)
            Threshold = Math.Max(Threshold, MathF.BitDecrement(score));
    }

    public static int Compare(Candidate a, Candidate b)
    {
        var order = b.Number.CompareTo(a.Number);
        if (order == 0)
            order = b.Score.CompareTo(a.Score);
        if (order == 0)
            order = a.Segment.CompareTo(b.Segment);
        return order == 0 ? a.Document.CompareTo(b.Document) : order;
    }

    public void Add(Candidate candidate)
    {
        if (_queue.Count < most)
            _queue.Enqueue(candidate, candidate);
        else if (most > 0 && Compare(candidate, _queue.Peek()) < 0)
            _queue.EnqueueDequeue(candidate, candidate);
        else
            return;
        if (_queue.Count == most)
            Threshold = Math.Max(Threshold, _queue.Peek().Score);
    }

    /// <summary>The kept candidates, best first.</summary>
    public List<Candidate> Take()
    {
        var result = new List<Candidate>(_queue.Count);
        while (_queue.TryDequeue(out var candidate, out _))
            result.Add(candidate);
        result.Reverse();
        return result;
    }
}
