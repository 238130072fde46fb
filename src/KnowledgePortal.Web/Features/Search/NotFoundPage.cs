namespace KnowledgePortal.Web.Features.Search;

/// <summary>Nothing lies at the address: <paramref name="Query"/> is its words, <paramref name="Hits"/> what they find.</summary>
public sealed record NotFoundPage(string Query, IReadOnlyList<SearchHit> Hits);
