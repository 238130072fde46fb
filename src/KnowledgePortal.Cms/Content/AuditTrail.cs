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

    /// <summary>Before and after, by field, as <see cref="AuditChanges"/> wrote it; may be empty.</summary>
    public string Changes { get; init; } = "";
}

/// <summary>What to look for in the trail; what is null is not asked for.</summary>
public sealed record AuditFilter
{
    /// <summary>The account's name, whole.</summary>
    public string? Actor { get; init; }

    /// <summary>What was done: an action, or its first word with the dot (<c>account.</c>).</summary>
    public string? Action { get; init; }

    /// <summary>The thing's id.</summary>
    public string? SubjectId { get; init; }

    /// <summary>A part of its title.</summary>
    public string? Title { get; init; }

    /// <summary>UTC, this moment included.</summary>
    public DateTime? From { get; init; }

    /// <summary>UTC, this moment not included.</summary>
    public DateTime? Before { get; init; }
}

/// <summary>Writes the audit trail in the transaction of the change, and reads it. The database itself refuses to change or delete a line.</summary>
public sealed class AuditTrail(Database database, TimeProvider clock)
{
    /// <summary>Adds a line; what changed is kept within the bounds of <see cref="AuditChanges"/>.</summary>
    public Task RecordAsync(
        DatabaseTransaction transaction, Actor actor, string action, string subjectKind, string subjectId, string subjectTitle, string detail = "",
        IReadOnlyList<ContentChange>? changes = null) =>
        transaction.ExecuteAsync(
            """
            insert into audit_events (at_utc, actor, action, subject_kind, subject_id, subject_title, detail, changes)
            values (@now, @Name, @action, @subjectKind, @subjectId, @subjectTitle, @detail, @stored)
            """,
            new
            {
                now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime), actor.Name, action, subjectKind, subjectId, subjectTitle, detail,
                stored = AuditChanges.Write(changes ?? []),
            });

    /// <summary>The newest lines before <paramref name="beforeId"/>, newest first.</summary>
    public Task<IReadOnlyList<AuditEvent>> LatestAsync(int count, long? beforeId = null, string? subjectId = null) =>
        LatestAsync(new AuditFilter { SubjectId = subjectId }, count, beforeId);

    /// <summary>The newest lines that the filter lets through, newest first.</summary>
    public Task<IReadOnlyList<AuditEvent>> LatestAsync(AuditFilter filter, int count, long? beforeId = null)
    {
        var conditions = new List<string>();
        if (beforeId is not null) conditions.Add("id < @beforeId");
        if (filter.Actor is not null) conditions.Add("actor = @Actor");
        if (filter.Action is not null) conditions.Add(filter.Action.EndsWith('.') ? "action >= @Action and action < @afterAction" : "action = @Action");
        if (filter.SubjectId is not null) conditions.Add("subject_id = @SubjectId");
        if (filter.Title is not null) conditions.Add("instr(lower(subject_title), lower(@Title)) > 0");
        if (filter.From is not null) conditions.Add("at_utc >= @from");
        if (filter.Before is not null) conditions.Add("at_utc < @to");
        return database.QueryAsync<AuditEvent>(
            $"""
            select id, at_utc, actor, action, subject_kind, subject_id, subject_title, detail, changes from audit_events
            {(conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions))}
            order by id desc limit @count
            """,
            new { count, beforeId, filter.Actor, filter.Action, afterAction = filter.Action + "\U0010FFFF", filter.SubjectId, filter.Title, from = Text(filter.From), to = Text(filter.Before) });
    }

    /// <summary>People who stand in the trail, by name, at most so many.</summary>
    public Task<IReadOnlyList<string>> ActorsAsync(int count) => database.QueryAsync<string>("select distinct actor from audit_events order by actor limit @count", new { count });

    /// <summary>Everything that was ever done, by name.</summary>
    public Task<IReadOnlyList<string>> ActionsAsync() => database.QueryAsync<string>("select distinct action from audit_events order by action");

    private static string? Text(DateTime? utc) => utc is { } time ? InvariantTime.Format(time) : null;
}
