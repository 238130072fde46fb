using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Walks the documents that hold any term of a group, each once, with the weighted sum of the frequencies.</summary>
internal sealed class GroupFrequencies
{
    private readonly List<(Postings Postings, float Weight)> _sources = [];

    public GroupFrequencies(SegmentReader reader, IReadOnlyList<WeightedTerm> terms)
    {
        foreach (var term in terms)
        {
            if (reader.Terms.Find(term.Key) is { } entry && new Postings(reader.File, entry) is var postings && postings.NextBlock())
                _sources.Add((postings, term.Weight));
        }
    }

    public int Document { get; private set; }

    public float Frequency { get; private set; }

    public bool Next()
    {
        if (_sources.Count == 0)
            return false;
        Document = int.MaxValue;
        foreach (var (postings, _) in _sources)
            Document = Math.Min(Document, postings.Document);
        Frequency = 0;
        for (var i = 0; i < _sources.Count; i++)
        {
            var (postings, weight) = _sources[i];
            if (postings.Document != Document)
                continue;
            Frequency += weight * postings.Frequency;
            if (!postings.Next())
                _sources.RemoveAt(i--);
        }
        return true;
    }
}
