using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Mail;

/// <summary>Since when, and why, mail waits. Times are UTC, ISO 8601.</summary>
public sealed record HeldMail(string HeldUtc, string Reason);

/// <summary>
/// Holds what the site sends by itself until an administrator lets it go. Mail that somebody asks for meanwhile, a password or a confirmation, goes out.
/// </summary>
public sealed class MailHold(Database database)
{
    /// <summary>Null when mail is not held.</summary>
    public Task<HeldMail?> CurrentAsync() => database.FirstAsync<HeldMail>("select held_utc, reason from mail_hold");

    public static Task BeginAsync(string reason, DateTimeOffset now, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        "insert into mail_hold (id, held_utc, reason) values (1, @now, @reason) on conflict (id) do update set held_utc = excluded.held_utc, reason = excluded.reason",
        new { reason, now = InvariantTime.Format(now.UtcDateTime) });

    /// <returns>False when mail was not held.</returns>
    public static async Task<bool> EndAsync(DatabaseTransaction transaction) => await transaction.ExecuteAsync("delete from mail_hold") > 0;
}
