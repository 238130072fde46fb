namespace KnowledgePortal.Search.Queries;

/// <summary>Whose eyes a search is for: only documents with one of the groups among the values of the field exist for it, in hits, totals and counts alike.</summary>
/// <param name="KeywordField">The keyword field that names the groups that may see a document. A document without any is seen by nobody.</param>
/// <param name="Groups">The groups that the person belongs to.</param>
public sealed record Visibility(string KeywordField, IReadOnlySet<string> Groups);
