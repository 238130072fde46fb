using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Lets mail go that was held, all of it or only what comes from now on.</summary>
public sealed class HeldDigests(Database database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How many mails wait.</summary>
    public Task<long> CountAsync() => database.FirstAsync<long>("select count(*) from digest_deliveries where next_at is not null");

    /// <param name="isDiscarding">Whether what waits is never sent, because it was before the site was restored.</param>
    /// <param name="actor">Who.</param>
    /// <returns>How many mails were discarded; null when mail was not held.</returns>
    public async Task<int?> ReleaseAsync(bool isDiscarding, Actor actor)
    {
        await using var transaction = await database.BeginAsync();
        if (!await MailHold.EndAsync(transaction)) return null;
        var discarded = isDiscarding
            ? await transaction.ExecuteAsync(
                "update digest_deliveries set state = 'skipped', next_at = null, content = null, last_reply = 'discarded when mail was released', updated_utc = @now where next_at is not null",
                new { now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime) })
            : 0;
        await audit.RecordAsync(transaction, actor, isDiscarding ? "mail.release-discard" : "mail.release", "Site", "mail", "");
        await transaction.CommitAsync();
        return discarded;
    }
}
