using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Adds to the scores of the best candidates for words that stand side by side as they do in the query.</summary>
internal sealed class ProximityRerank(IReadOnlyList<SegmentView> segments, IReadOnlyList<WordPair> pairs, Bm25 bm25, float unitsPerBoost)
{
    /// <summary>How many of the best are looked at; those after them keep their order, because looking only adds.</summary>
    public const int Window = 200;

    public void Apply(List<Candidate> candidates)
    {
        if (pairs.Count == 0)
            return;
        var window = candidates.GetRange(0, Math.Min(Window, candidates.Count));
        var rescored = window.GroupBy(candidate => candidate.Segment).SelectMany(group => Rescore(group.Key, group)).ToList();
        rescored.Sort(TopDocs.Compare);
        for (var i = 0; i < rescored.Count; i++)
            candidates[i] = rescored[i];
    }

    private Candidate[] Rescore(int segment, IEnumerable<Candidate> candidates)
    {
        var reader = segments[segment].Reader;
        var inOrder = candidates.OrderBy(candidate => candidate.Document).ToArray();
        foreach (var pair in pairs)
        {
            if (PhrasePostings.Open(reader, [pair.First, pair.Second], [0, pair.Distance]) is not { } matcher)
                continue;
            for (var i = 0; i < inOrder.Length; i++)
            {
                var candidate = inOrder[i];
                if (matcher.IsIn(candidate.Document))
                    inOrder[i] = candidate with { Score = candidate.Score + pair.Score * bm25.Saturation(matcher.Occurrences * unitsPerBoost, reader.Length(candidate.Document)) };
            }
        }
        return inOrder;
    }
}
