using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>Which documents of a segment may be found at all, whatever the words: not deleted, visible to the person, of the chosen values.</summary>
internal sealed class SegmentFilter
{
    private readonly LiveDocuments _live;
    private readonly KeywordColumn? _groups;
    private readonly bool[] _visibleGroups = [];
    private readonly (KeywordColumn Column, bool[] Allowed)[] _filters;

    public SegmentFilter(SegmentContext segment, SearchRequest request)
    {
        _live = segment.Live;
        if (request.Visibility is { } visibility)
        {
            _groups = segment.Reader.Keywords(segment.Schema.KeywordFieldNumber(visibility.KeywordField));
            _visibleGroups = [.. _groups.Values.Select(visibility.Groups.Contains)];
        }
        _filters = [.. request.Filters.Where(filter => filter.Value.Count > 0).Select(filter => ToFilter(segment, filter.Key, filter.Value))];
    }

    /// <summary>True when every document passes.</summary>
    public bool PassesAll => _live.DeletedCount == 0 && _groups is null && _filters.Length == 0;

    public bool IsVisible(int document) => _live.IsLive(document) && (_groups is null || HasAny(_groups, _visibleGroups, document));

    public bool Passes(int document)
    {
        if (!IsVisible(document))
            return false;
        foreach (var (column, allowed) in _filters)
        {
            if (!HasAny(column, allowed, document))
                return false;
        }
        return true;
    }

    private static (KeywordColumn, bool[]) ToFilter(SegmentContext segment, string field, IReadOnlyList<string> values)
    {
        var column = segment.Reader.Keywords(segment.Schema.KeywordFieldNumber(field));
        return (column, [.. column.Values.Select(values.Contains)]);
    }

    private static bool HasAny(KeywordColumn column, bool[] wanted, int document)
    {
        foreach (var ordinal in column.Of(document))
        {
            if (wanted[ordinal])
                return true;
        }
        return false;
    }
}
