using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>
/// Applies filters and counts facet values in one pass. A document that fails only the filter of field F still counts for F, so that a person can
/// choose further values of a field already filtered.
/// </summary>
internal sealed class FacetCollector
{
    private readonly int[] _facetFields;
    private readonly (int Field, HashSet<string> Values)[] _filters;
    private readonly Dictionary<string, long>[] _counts;
    private readonly IReadOnlyList<string> _facetNames;

    public FacetCollector(SearchRequest request, IndexSchema schema)
    {
        _facetNames = [.. request.Facets.Distinct(StringComparer.Ordinal)];
        _facetFields = [.. _facetNames.Select(schema.KeywordFieldNumber)];
        _filters = [.. request.Filters.Where(f => f.Value.Count > 0).Select(f => (schema.KeywordFieldNumber(f.Key), f.Value.ToHashSet(StringComparer.Ordinal)))];
        _counts = [.. _facetFields.Select(_ => new Dictionary<string, long>(StringComparer.Ordinal))];
    }

    public SegmentCounter For(SegmentReader reader) => new(this, reader);

    public Dictionary<string, IReadOnlyList<FacetCount>> ToResult()
    {
        var result = new Dictionary<string, IReadOnlyList<FacetCount>>(StringComparer.Ordinal);
        for (var i = 0; i < _counts.Length; i++)
        {
            result[_facetNames[i]] =
            [
                .. _counts[i].Select(pair => new FacetCount(pair.Key, pair.Value)).OrderByDescending(f => f.Count).ThenBy(f => f.Value, StringComparer.Ordinal),
            ];
        }
        return result;
    }

    /// <summary>The same for one segment, by numbers instead of values.</summary>
    internal sealed class SegmentCounter
    {
        private readonly FacetCollector _collector;
        private readonly KeywordColumn[] _facets;
        private readonly int[][] _counts;
        private readonly (int Field, KeywordColumn Column, bool[] Allowed)[] _filters;

        public SegmentCounter(FacetCollector collector, SegmentReader reader)
        {
            _collector = collector;
            _facets = [.. collector._facetFields.Select(reader.Keywords)];
            _counts = [.. _facets.Select(column => new int[column.Values.Length])];
            _filters = [.. collector._filters.Select(f => (f.Field, reader.Keywords(f.Field), reader.Keywords(f.Field).Values.Select(f.Values.Contains).ToArray()))];
        }

        /// <summary>Counts a document that matches the query and tells whether it passes all filters.</summary>
        public bool Accept(int document)
        {
            var failed = -1;
            foreach (var (field, column, allowed) in _filters)
            {
                if (Passes(column.Of(document), allowed))
                    continue;
                if (failed >= 0)
                    return false;
                failed = field;
            }
            for (var i = 0; i < _facets.Length; i++)
            {
                if (failed >= 0 && failed != _collector._facetFields[i])
                    continue;
                foreach (var ordinal in _facets[i].Of(document))
                    _counts[i][ordinal]++;
            }
            return failed < 0;
        }

        public void AddToTotals()
        {
            for (var i = 0; i < _facets.Length; i++)
            {
                for (var ordinal = 0; ordinal < _counts[i].Length; ordinal++)
                {
                    if (_counts[i][ordinal] > 0)
                        _collector._counts[i][_facets[i].Values[ordinal]] = _collector._counts[i].GetValueOrDefault(_facets[i].Values[ordinal]) + _counts[i][ordinal];
                }
            }
        }

        private static bool Passes(ReadOnlySpan<int> ordinals, bool[] allowed)
        {
            foreach (var ordinal in ordinals)
            {
                if (allowed[ordinal])
                    return true;
            }
            return false;
        }
    }
}
