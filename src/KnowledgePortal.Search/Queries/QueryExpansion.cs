namespace KnowledgePortal.Search.Queries;

/// <summary>A word of the query that is also searched by other words: 63 by 2563, มท. by กระทรวงมหาดไทย, a slip by the likely spelling.</summary>
/// <param name="Typed">The word as it was typed.</param>
/// <param name="Also">The other words as a person writes them, at least one.</param>
public sealed record QueryExpansion(string Typed, IReadOnlyList<string> Also)
{
    /// <inheritdoc/>
    public bool Equals(QueryExpansion? other) => other is not null && Typed == other.Typed && Also.SequenceEqual(other.Also);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Typed, Also.Count);

    internal static QueryExpansion? Of(QueryWord word)
    {
        IEnumerable<string> own = word.IsCorrected ? [word.Term] : [];
        var also = own.Concat(word.Others.Select(other => other.Written)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return also.Count == 0 ? null : new QueryExpansion(word.Typed, also);
    }
}
