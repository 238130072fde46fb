using System.Runtime.InteropServices;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Carries out a plan segment by segment. Counting and sorting need every match; without them only the best documents are looked for and most are passed over.
/// </summary>
internal sealed class PlannedSearch
{
    /// <summary>More do not change the first page, and every document that may be among so many has to be scored in full.</summary>
    private const int ProximityDepth = 32;

    private readonly QueryPlan _plan;
    private readonly SearchRequest _request;
    private readonly FinalScore _final;
    private readonly int _sortField;
    private readonly bool _needsAllMatches;

    public PlannedSearch(QueryPlan plan, SearchRequest request, IndexSchema schema)
    {
        (_plan, _request) = (plan, request);
        _final = new FinalScore(plan.CountingClauses, request.Preferences, schema);
        _sortField = request.SortByNumberDescending is { } name ? schema.NumberFieldNumber(name) : -1;
        Facets = new FacetCollector(request, schema);
        _needsAllMatches = request.CountTotal || request.Facets.Count > 0 || _sortField >= 0 || !plan.IsFlat;
    }

    public FacetCollector Facets { get; }

    /// <summary>Documents counted so far.</summary>
    public long Total { get; private set; }

    public void Run(SegmentContext segment, TopDocs best)
    {
        var filter = new SegmentFilter(segment, _request);
        if (_needsAllMatches)
            RunOverAll(segment, filter, best);
        else
            RunForBest(segment, filter, best);
    }

    /// <summary>How many documents are looked for to find so many: neighbouring words are only looked at in the best ones.</summary>
    public int Depth(int most) => _plan.Pairs.Count > 0 && _sortField < 0 ? Math.Max(most, ProximityDepth) : most;

    /// <summary>Adds what neighbouring words are worth to the best <see cref="ProximityDepth"/> candidates, which can only rise by it, and orders them anew.</summary>
    public void Rerank(List<Candidate> candidates, SegmentContext[] segments)
    {
        if (_plan.Pairs.Count == 0 || _sortField >= 0)
            return;
        var best = CollectionsMarshal.AsSpan(candidates)[..Math.Min(candidates.Count, ProximityDepth)];
        best.Sort(static (a, b) => a.Segment == b.Segment ? a.Document.CompareTo(b.Document) : a.Segment.CompareTo(b.Segment));
        for (var i = 0; i < best.Length;)
        {
            var segment = segments[best[i].Segment];
            var proximity = new Proximity(segment, _plan.Pairs);
            for (; i < best.Length && best[i].Segment == segment.Number; i++)
            {
                if (proximity.Of(best[i].Document) is > 0 and var more)
                    best[i] = best[i] with { Score = _final.Of(segment.Reader, best[i].Document, best[i].Matched, best[i].Sum + more) };
            }
        }
        best.Sort(static (a, b) => a.CompareTo(b));
    }

    private void RunOverAll(SegmentContext segment, SegmentFilter filter, TopDocs best)
    {
        var matches = _plan.Root.Matches(segment);
        var counter = Facets.For(segment.Reader);
        for (var document = matches.From(0); document < matches.DocumentCount; document = matches.From(document + 1))
        {
            if (!filter.IsVisible(document) || !counter.Accept(document))
                matches.Remove(document);
        }
        counter.AddToTotals();
        Total += matches.Count();
        if (_plan.IsFlat && _sortField < 0)
            FindBest(segment, matches.Contains, best);
        else
            new WindowScorer(segment, _plan, _final, best).RunOver(matches, document => _sortField < 0 ? 0 : segment.Reader.Numbers(_sortField)[document]);
    }

    private void RunForBest(SegmentContext segment, SegmentFilter filter, TopDocs best)
    {
        if (!_plan.Restricts)
        {
            FindBest(segment, filter.PassesAll ? null : filter.Passes, best);
            return;
        }
        var allowed = DocumentSet.All(segment.Reader.DocumentCount);
        _plan.Restrict(allowed, segment);
        FindBest(segment, document => allowed.Contains(document) && filter.Passes(document), best);
    }

    private void FindBest(SegmentContext segment, Func<int, bool>? accept, TopDocs best)
    {
        if (SingleTermScorer.For(segment, _plan, _final) is { } single)
            single.Run(accept, best);
        else
            new WindowScorer(segment, _plan, _final, best).Run(accept);
    }
}
