using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Search.Queries;

/// <summary>How often a value occurs.</summary>
/// <param name="Value">A value of a keyword field.</param>
/// <param name="Count">Documents that have it.</param>
public sealed record FacetCount(string Value, long Count);

/// <summary>What was found.</summary>
public sealed class SearchResult
{
    /// <summary>All documents that match the query and the filters, exactly.</summary>
    public required long Total { get; init; }

    /// <summary>The requested part of the matches, best first; equal ones in the order in which they were last updated.</summary>
    public required IReadOnlyList<Hit> Hits { get; init; }

    /// <summary>Counts by requested field, the most frequent first. Those of a field obey the query and the filters of all other fields but not its own.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<FacetCount>> Facets { get; init; }

    /// <summary>The query as it was understood, for <see cref="Snippets.Highlighter"/>.</summary>
    public required Query Query { get; init; }
}

/// <summary>One document found.</summary>
public sealed class Hit
{
    private readonly SegmentReader _segment;
    private readonly int _document;

    internal Hit(SegmentReader segment, int document, float score)
    {
        _segment = segment;
        _document = document;
        Score = score;
        Key = segment.Key(document);
        GC.KeepAlive(segment.File);
    }

    /// <summary>The key given to <see cref="Document"/>.</summary>
    public string Key { get; }

    /// <summary>How well it matches; comparable within one result only. 0 for an empty query.</summary>
    public float Score { get; }

    /// <summary>A stored value, or null when the document has none of this name.</summary>
    public string? Stored(string name) => _segment.StoredValue(_document, name);
}
