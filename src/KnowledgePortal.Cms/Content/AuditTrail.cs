using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Who does something: the account's name for the trail.</summary>
public sealed record Actor(string Name)
{
    /// <summary>The account that stands for what no person did: set-up, imports, jobs.</summary>
    public static Actor System { get; } = new("system");
}

/// <summary>One line of the audit trail.</summary>
public sealed record AuditEvent
{
    /// <summary>Ascending.</summary>
    public long Id { get; init; }

    /// <summary>UTC, ISO 8601.</summary>
    public string AtUtc { get; init; } = "";

    /// <summary>Who.</summary>
    public string Actor { get; init; } = "";

    /// <summary>What was done: <c>content.publish</c>, <c>account.disable</c>.</summary>
    public string Action { get; init; } = "";

    /// <summary>Content type, or kind of thing.</summary>
    public string SubjectKind { get; init; } = "";

    /// <summary>Its id.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>Its title at that time.</summary>
    public string SubjectTitle { get; init; } = "";

    /// <summary>More, in words; may be empty.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>Writes the audit trail in the transaction of the change, and reads it.</summary>
public sealed class AuditTrail(Database database, TimeProvider clock)
{
    /// <summary>Adds a line.</summary>
    public Task RecordAsync(
        DatabaseTransaction transaction, Actor actor, string action, string subjectKind, string subjectId, string subjectTitle, string detail = "") =>
        transaction.ExecuteAsync(
            """
            insert into audit_events (at_utc, actor, action, subject_kind, subject_id, subject_title, detail)
            values (@now, @Name, @action, @subjectKind, @subjectId, @subjectTitle, @detail)
            """,
            new { now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime), actor.Name, action, subjectKind, subjectId, subjectTitle, detail });

    /// <summary>The newest lines before <paramref name="beforeId"/>, newest first.</summary>
    public Task<IReadOnlyList<AuditEvent>> LatestAsync(int count, long? beforeId = null, string? subjectId = null) =>
        database.QueryAsync<AuditEvent>(
            """
            select id, at_utc, actor, action, subject_kind, subject_id, subject_title, detail from audit_events
            where (@beforeId is null or id < @beforeId) and (@subjectId is null or subject_id = @subjectId)
            order by id desc limit @count
            """,
            new { count, beforeId, subjectId });
}
