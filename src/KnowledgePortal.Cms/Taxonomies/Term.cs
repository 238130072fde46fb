namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>A published term of a taxonomy.</summary>
public sealed record Term
{
    /// <summary>The term's content item id.</summary>
    public string TermId { get; init; } = "";

    /// <summary>The alias of its taxonomy, such as <c>provinces</c>.</summary>
    public string Taxonomy { get; init; } = "";

    /// <summary>The last segment of its path; unique within the taxonomy.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Address on the site, without a leading slash.</summary>
    public string Path { get; init; } = "";

    /// <summary>Display text.</summary>
    public string Title { get; init; } = "";

    /// <summary>Other names and abbreviations, one a line.</summary>
    public string Aliases { get; init; } = "";

    /// <summary>The term it stands under; null on the first level.</summary>
    public string? ParentTermId { get; init; }
}
