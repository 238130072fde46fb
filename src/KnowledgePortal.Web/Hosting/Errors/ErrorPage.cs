namespace KnowledgePortal.Web.Hosting.Errors;

/// <summary>What went wrong, in words for the reader; <paramref name="RequestId"/> finds it in the log.</summary>
public sealed record ErrorPage(int Status, string RequestId);
