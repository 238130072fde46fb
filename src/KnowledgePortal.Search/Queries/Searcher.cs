using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Searches one commit of an index. Immutable and safe for use by many threads; its files are released when it is no longer referenced.</summary>
public sealed class Searcher
{
    private readonly SegmentContext[] _segments;
    private readonly IndexSchema _schema;
    private readonly QueryParser _parser;
    private readonly TermStatistics _statistics;

    internal Searcher(IReadOnlyList<SegmentView> segments, IndexSchema schema, ThaiAnalyzer analyzer, string? commitData)
    {
        CommitData = commitData;
        _schema = schema;
        _parser = new QueryParser(analyzer, schema);
        _statistics = new TermStatistics([.. segments]);
        var bm25 = Bm25.For(schema, _statistics.AverageLength);
        _segments = [.. segments.Select((segment, i) => new SegmentContext(i, segment.Reader, segment.Live, bm25, schema))];
    }

    /// <summary>
    /// Opens the last commit of an index for searching only, without a lock and without touching a file, also while a writer of another process works on it.
    /// </summary>
    /// <exception cref="DamagedIndexException">The index is missing or damaged, or was made with another schema, analyzer or version.</exception>
    public static Searcher Open(string folder, IndexSchema schema, ThaiAnalyzer analyzer)
    {
        var (point, segments) = CommittedIndex.OpenBesideWriter(folder, CommittedIndex.Fingerprint(schema, analyzer), schema);
        return new Searcher(segments, schema, analyzer, point.CommitData);
    }

    /// <summary>The string given to the commit; null before the first.</summary>
    public string? CommitData { get; }

    /// <summary>Documents in this commit.</summary>
    public long DocumentCount => _statistics.DocumentCount;

    /// <summary>
    /// False when a file of the commit was written to by somebody else after it had been checked: do not search it, build the index anew. Asking costs one look
    /// at each file; the index itself never changes a file.
    /// </summary>
    public bool IsUntouched => Array.TrueForAll(_segments, segment => segment.Reader.File.IsUntouched);

    /// <summary>Finds documents. Words are joined by OR and the documents ranked; see <see cref="SearchRequest.Query"/>.</summary>
    /// <exception cref="ArgumentException">The request names a field that the schema does not have.</exception>
    public SearchResult Search(SearchRequest request)
    {
        var (plan, query) = new QueryPlanner(new TermLookup(_statistics)).Plan(_parser.Parse(request.Query));
        var search = new PlannedSearch(plan, request, _schema);
        var (skip, top) = (Math.Max(0, request.Skip), Math.Max(0, request.Top));
        var best = new TopDocs(search.Depth((int)Math.Min(DocumentCount, (long)skip + top)));
        foreach (var segment in _segments)
            search.Run(segment, best);
        var candidates = best.Take();
        search.Rerank(candidates, _segments);
        var hits = candidates.Skip(skip).Take(top).Select(c => new Hit(_segments[c.Segment].Reader, c.Document, c.Score)).ToList();
        GC.KeepAlive(this);
        return new SearchResult { Total = request.CountTotal ? search.Total : Math.Max(search.Total, hits.Count), Hits = hits, Facets = search.Facets.ToResult(), Query = query };
    }

    /// <summary>
    /// The query with each word that the index hardly knows replaced by a frequent one that differs from it in one cluster; null when there is nothing to
    /// suggest. It looks at the words of all documents, whoever may see them.
    /// </summary>
    public string? DidYouMean(string query) => new Suggestions(_parser, new TermLookup(_statistics)).DidYouMean(query);

    /// <summary>
    /// What a person may be about to type: the query with its last word completed, the most frequent words first. It looks at the words of all documents,
    /// whoever may see them.
    /// </summary>
    public IReadOnlyList<string> Suggest(string query, int most) => new Suggestions(_parser, new TermLookup(_statistics)).Complete(query, most);

    internal SegmentReader? ReaderOf(string name) => _segments.FirstOrDefault(segment => segment.Reader.Name == name)?.Reader;

    internal LiveDocuments? LiveOf(SegmentReader reader) => _segments.FirstOrDefault(segment => segment.Reader == reader)?.Live;
}
