using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Api.Webhooks;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>What waits, or waited: mails, and what is told to webhooks.</summary>
public sealed record WaitingSendings(long Mails, long Webhooks);

/// <summary>Lets go what was held since a restore, all of it or only what comes from now on.</summary>
public sealed class HeldSendings(Database database, AuditTrail audit, TimeProvider clock)
{
    private const string Reason = "discarded when mail was released";

    public async Task<WaitingSendings> CountAsync() => new(await Deliveries.WaitingAsync(database), await WebhookQueue.WaitingAsync(database));

    /// <param name="isDiscarding">Whether what waits is never sent, because it was before the site was restored.</param>
    /// <param name="actor">Who.</param>
    /// <returns>What was discarded; null when nothing was held.</returns>
    public async Task<WaitingSendings?> ReleaseAsync(bool isDiscarding, Actor actor)
    {
        await using var transaction = await database.BeginAsync();
        if (!await MailHold.EndAsync(transaction)) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        var discarded = isDiscarding
            ? new WaitingSendings(await Deliveries.DiscardAsync(Reason, now, transaction), await WebhookQueue.DiscardAsync(Reason, now, transaction))
            : new WaitingSendings(0, 0);
        await audit.RecordAsync(transaction, actor, isDiscarding ? "mail.release-discard" : "mail.release", "Site", "mail", "");
        await transaction.CommitAsync();
        return discarded;
    }
}
