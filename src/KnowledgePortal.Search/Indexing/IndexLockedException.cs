namespace KnowledgePortal.Search.Indexing;

/// <summary>Another writer, in this process or another, has the index open.</summary>
public sealed class IndexLockedException(string message, Exception innerException) : IOException(message, innerException);
