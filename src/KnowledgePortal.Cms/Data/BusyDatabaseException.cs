namespace KnowledgePortal.Cms.Data;

/// <summary>The database cannot answer now: somebody writes for too long, the statement took too long, or the server is away. Asking again later may help.</summary>
public sealed class BusyDatabaseException(Exception reason) : Exception($"the database is busy: {reason.Message}", reason);
