namespace KnowledgePortal.Search.Queries;

/// <summary>Favours documents that match more of the query's words.</summary>
internal static class Coordination
{
    /// <summary>Share of the score that depends on how many words match.</summary>
    private const float Share = 0.5f;

    /// <summary>A factor from 1 - <see cref="Share"/> to 1 for a document that matches <paramref name="matched"/> of <paramref name="all"/> words.</summary>
    public static float Factor(int matched, int all) => 1 - Share + Share * Math.Min(matched, all) / all;
}
