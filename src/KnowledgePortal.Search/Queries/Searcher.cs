using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Searches one commit of an index. Immutable and safe for use by many threads; its files are released when it is no longer referenced.</summary>
public sealed class Searcher
{
    private readonly SegmentView[] _segments;
    private readonly IndexSchema _schema;
    private readonly QueryParser _parser;
    private readonly TermStatistics _statistics;

    internal Searcher(IEnumerable<SegmentView> segments, IndexSchema schema, ThaiAnalyzer analyzer)
    {
        _segments = [.. segments];
        _schema = schema;
        _parser = new QueryParser(analyzer);
        _statistics = new TermStatistics(_segments);
    }

    /// <summary>Documents in this commit.</summary>
    public long DocumentCount => _statistics.DocumentCount;

    /// <summary>Finds documents. Words are joined by OR and the documents ranked; see <see cref="SearchRequest.Query"/>.</summary>
    /// <exception cref="ArgumentException">The request names a field that the schema does not have.</exception>
    public SearchResult Search(SearchRequest request)
    {
        var (plan, query) = new QueryPlanner(_segments, _statistics).Plan(_parser.Parse(request.Query));
        var facets = new FacetCollector(request, _schema);
        var sortField = request.SortByNumberDescending is { } name ? _schema.NumberFieldNumber(name) : -1;
        var (skip, top) = (Math.Max(0, request.Skip), Math.Max(0, request.Top));
        var best = new TopDocs((int)Math.Min(DocumentCount, Math.Max((long)skip + top, ProximityRerank.Window)));
        var unitsPerBoost = _schema.UnitsPerBoost();
        var bm25 = new Bm25(_statistics.AverageLength, unitsPerBoost);
        long total = 0;
        for (var i = 0; i < _segments.Length; i++)
        {
            using var matches = new SegmentMatches(_segments[i], plan, bm25, unitsPerBoost);
            total += Collect(i, matches, facets, sortField, best);
        }
        var candidates = best.Take();
        if (sortField < 0)
            new ProximityRerank(_segments, plan.Pairs, bm25, unitsPerBoost).Apply(candidates);
        var hits = candidates.Skip(skip).Take(top).Select(c => new Hit(_segments[c.Segment].Reader, c.Document, c.Score)).ToList();
        GC.KeepAlive(this);
        return new SearchResult { Total = total, Hits = hits, Facets = facets.ToResult(), Query = query };
    }

    internal LiveDocuments? LiveOf(SegmentReader reader) => _segments.FirstOrDefault(segment => segment.Reader == reader)?.Live;

    /// <summary>Offers the matches of one segment and returns how many there are.</summary>
    private long Collect(int segment, SegmentMatches matches, FacetCollector facets, int sortField, TopDocs best)
    {
        var reader = _segments[segment].Reader;
        var counter = facets.For(reader);
        long count = 0;
        for (var document = 0; document < reader.DocumentCount; document++)
        {
            if (!matches.IsMatch(document) || !counter.Accept(document))
                continue;
            count++;
            best.Add(new Candidate(segment, document, sortField < 0 ? 0 : reader.Numbers(sortField)[document], matches.Score(document)));
        }
        counter.AddToTotals();
        return count;
    }
}
