using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Walks the documents in which terms stand at fixed distances from the first one.</summary>
internal sealed class PhrasePostings
{
    private readonly Postings[] _postings;
    private readonly int[] _distances;
    private readonly List<int> _starts = [];
    private readonly List<int> _positions = [];
    private bool _hasStarted;

    private PhrasePostings(Postings[] postings, int[] distances) => (_postings, _distances) = (postings, distances);

    public int Document => _postings[0].Document;

    /// <summary>How often the phrase occurs in the current document.</summary>
    public int Occurrences => _starts.Count;

    /// <summary>Null when the segment lacks one of the terms.</summary>
    public static PhrasePostings? Open(SegmentReader reader, IReadOnlyList<byte[]> keys) => Open(reader, keys, [.. Enumerable.Range(0, keys.Count)]);

    public static PhrasePostings? Open(SegmentReader reader, IReadOnlyList<byte[]> keys, int[] distances)
    {
        var postings = new Postings[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            if (reader.Terms.Find(keys[i]) is not { } entry)
                return null;
            postings[i] = new Postings(reader.File, entry);
        }
        return new PhrasePostings(postings, distances);
    }

    public bool Next()
    {
        while (_hasStarted ? _postings[0].Next() : _postings[0].NextBlock())
        {
            _hasStarted = true;
            if (!Align())
                return false;
            if (Match())
                return true;
        }
        return false;
    }

    /// <summary>Moves to a document and tells whether the phrase is in it; documents must come in ascending order.</summary>
    public bool IsIn(int document) => _postings.All(p => p.Advance(document) && p.Document == document) && Match();

    /// <summary>Brings all terms to the same document.</summary>
    private bool Align()
    {
        for (var i = 1; i < _postings.Length; i++)
        {
            if (!_postings[i].Advance(Document))
                return false;
            if (_postings[i].Document == Document)
                continue;
            if (!_postings[0].Advance(_postings[i].Document))
                return false;
            i = 0;
        }
        return true;
    }

    private bool Match()
    {
        _postings[0].ReadPositions(_starts);
        for (var i = 1; i < _postings.Length && _starts.Count > 0; i++)
        {
            _postings[i].ReadPositions(_positions);
            var distance = _distances[i];
            _starts.RemoveAll(start => _positions.BinarySearch(start + distance) < 0);
        }
        return _starts.Count > 0;
    }
}
