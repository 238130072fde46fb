using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>A mail that this process may send, and nobody else as long as <see cref="Epoch"/> holds.</summary>
public sealed record ClaimedDelivery
{
    public long Id { get; init; }
    public long Epoch { get; init; }
    public int Attempts { get; init; }
    public int UncertainCount { get; init; }
    public string MessageId { get; init; } = "";
    public string Sender { get; init; } = "";
    public string Recipient { get; init; } = "";
    public byte[] Content { get; init; } = [];
    public string CreatedUtc { get; init; } = "";
}

/// <summary>
/// Mails on their way, one row each: queued → claimed → data_sent → sent, with the ways aside. A row belongs to one sender at a time: it is claimed in one
/// statement, and every later statement names the claim's number.
/// </summary>
public sealed class Deliveries(Database database, SenderLocks locks, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15); // longer than the longest talk about one mail

    private const int MostRecoveries = 5;

    private string Now => InvariantTime.Format(clock.GetUtcNow().UtcDateTime);

    public Task QueueConfirmationAsync(Subscription subscription, OutgoingMail mail, DatabaseTransaction transaction) =>
        QueueAsync(null, new WrittenDigest(subscription.Id, 0, mail.MessageId, Envelope.Of(mail)), clock.GetUtcNow(), transaction);

    /// <summary>How many mails wait to be sent.</summary>
    public static Task<long> WaitingAsync(Database database) => database.FirstAsync<long>("select count(*) from digest_deliveries where next_at is not null");

    /// <summary>Gives up what waits to be sent; how many mails.</summary>
    public static Task<int> DiscardAsync(string reason, DateTime now, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        "update digest_deliveries set state = 'skipped', next_at = null, content = null, last_reply = @reason, updated_utc = @now where next_at is not null",
        new { reason, now = InvariantTime.Format(now) });

    /// <param name="runId">Null for a mail of no run.</param>
    /// <param name="mail">What to send.</param>
    /// <param name="now">From when on.</param>
    /// <param name="transaction">The caller's.</param>
    public Task QueueAsync(long? runId, WrittenDigest mail, DateTimeOffset now, DatabaseTransaction transaction) => transaction.ExecuteAsync(
        """
        insert into digest_deliveries (run_id, subscription_id, state, next_at, after_event_id, message_id, sender, recipient, content, last_reply, created_utc, updated_utc)
        values (@runId, @SubscriptionId, @state, @nextAt, @AfterEventId, @MessageId, @sender, @recipient, @content, @Problem, @created, @Now)
        """,
        new
        {
            runId, mail.SubscriptionId, mail.AfterEventId, mail.MessageId, mail.Problem, Now, created = InvariantTime.Format(now.UtcDateTime),
            state = mail.Envelope is null ? "failed" : "queued", nextAt = mail.Envelope is null ? null : InvariantTime.Format(now.UtcDateTime),
            sender = mail.Envelope?.Sender.ToString() ?? "", recipient = mail.Envelope?.Recipient.ToString() ?? "", content = mail.Envelope?.Content.ToArray(),
        });

    /// <summary>Takes back digests that still wait to be sent.</summary>
    /// <returns>By subscription, the event after which its digest began.</returns>
    public async Task<IReadOnlyDictionary<long, long>> WithdrawAsync(IReadOnlyCollection<long> subscriptionIds, DatabaseTransaction transaction) =>
        (await transaction.QueryAsync<(long SubscriptionId, long After)>(
            """
            update digest_deliveries set state = 'skipped', next_at = null, content = null, last_reply = 'its items are in the next digest', updated_utc = @Now
            where subscription_id in @subscriptionIds and run_id is not null and state in ('queued', 'deferred')
            returning subscription_id, after_event_id
            """,
            new { subscriptionIds, Now })).GroupBy(d => d.SubscriptionId).ToDictionary(g => g.Key, g => g.Min(d => d.After));

    /// <summary>True when something waits, or was left behind by a process that is no more.</summary>
    public async Task<bool> HasWorkAsync(DateTimeOffset now) =>
        await database.FirstAsync<long?>(
            "select id from digest_deliveries where next_at <= @at union all select id from digest_deliveries where claimed_by is not null limit 1",
            new { at = InvariantTime.Format(now.UtcDateTime) }) is not null;

    /// <summary>Takes over what dead senders held. What had been handed to a server may have arrived: it is sent once more, and then left.</summary>
    public async Task RecoverAsync(DateTimeOffset now)
    {
        var senders = await database.QueryAsync<(string Sender, string? Lease)>(
            "select claimed_by, max(lease_until) from digest_deliveries where claimed_by is not null group by claimed_by");
        var dead = senders.Where(s => locks.IsDead(s.Sender, InvariantTime.Parse(s.Lease) < clock.GetUtcNow().UtcDateTime)).Select(s => s.Sender).ToList();
        if (dead.Count == 0) return;
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            """
            update digest_deliveries set
              state = case when state = 'data_sent' then 'uncertain' when attempts + 1 >= @MostRecoveries then 'failed' else 'queued' end,
              next_at = case when state = 'data_sent' and uncertain_count > 0 or state = 'claimed' and attempts + 1 >= @MostRecoveries then null else @at end,
              uncertain_count = uncertain_count + case when state = 'data_sent' then 1 else 0 end,
              attempts = attempts + 1, epoch = epoch + 1, claimed_by = null, lease_until = null, last_reply = 'the sender ended in the middle', updated_utc = @Now
            where claimed_by in @dead
            """,
            new { dead, at = InvariantTime.Format(now.UtcDateTime), MostRecoveries, Now });
        await transaction.CommitAsync();
        foreach (var sender in dead) locks.Forget(sender);
    }

    /// <summary>
    /// Claims mails that are due; those that may no longer be sent are settled instead. While mail is held, only what readers have asked for since then is sent.
    /// </summary>
    /// <returns>The claimed ones, and how many were settled.</returns>
    public async Task<(IReadOnlyList<ClaimedDelivery> Claimed, int Suppressed, int Skipped)> ClaimAsync(string sender, DateTimeOffset now, int count)
    {
        // A durable transaction: it also makes the marks durable that were set before it.
        await using var transaction = await database.BeginAsync();
        var at = InvariantTime.Format(now.UtcDateTime);
        var skipped = await transaction.ExecuteAsync(
            """
            update digest_deliveries set state = 'skipped', next_at = null, content = null, last_reply = 'unsubscribed', updated_utc = @Now
            where next_at <= @at and run_id is not null and subscription_id in (select id from subscriptions where unsubscribed_utc is not null)
            """,
            new { at, Now });
        var suppressed = await transaction.ExecuteAsync(
            """
            update digest_deliveries set state = 'suppressed', next_at = null, content = null, last_reply = 'the address is suppressed', updated_utc = @Now
            where next_at <= @at and run_id is not null and subscription_id in (
              select s.id from subscriptions s join subscribers u on u.id = s.subscriber_id join suppressions p on p.address_key = u.address_key)
            """,
            new { at, Now });
        var claimed = await transaction.QueryAsync<ClaimedDelivery>(
            """
            update digest_deliveries set state = 'claimed', next_at = null, claimed_by = @sender, lease_until = @lease, epoch = epoch + 1, updated_utc = @Now
            where id in (
              select id from digest_deliveries
              where next_at <= @at and (not exists (select 1 from mail_hold) or run_id is null and created_utc >= (select max(held_utc) from mail_hold))
              order by run_id is not null, next_at, id limit @count)
            returning id, epoch, attempts, uncertain_count, message_id, sender, recipient, content, created_utc
            """,
            new { at, sender, count, lease = InvariantTime.Format(clock.GetUtcNow().UtcDateTime + Lease), Now });
        await transaction.CommitAsync();
        return (claimed, suppressed, skipped);
    }

    /// <summary>
    /// Notes that the mail is about to be handed over: from here on a crash leaves it uncertain.
    /// </summary>
    /// <exception cref="DeliveryWithdrawnException">The claim is lost, or the reader has unsubscribed meanwhile.</exception>
    public async Task HandOverAsync(ClaimedDelivery delivery)
    {
        // Not synced: if a power cut takes this mark, the mail is sent once more, as it would be with the mark.
        await using var transaction = await database.BeginAsync(isDurable: false);
        var marked = await transaction.ExecuteAsync(
            """
            update digest_deliveries set state = 'data_sent', updated_utc = @Now
            where id = @Id and epoch = @Epoch and state = 'claimed' and (run_id is null or not exists (
              select 1 from subscriptions s where s.id = digest_deliveries.subscription_id and s.unsubscribed_utc is not null))
            """,
            new { delivery.Id, delivery.Epoch, Now });
        if (marked == 0) throw new DeliveryWithdrawnException(delivery.Id);
        await transaction.CommitAsync();
    }

    /// <summary>Writes down what became of the mail.</summary>
    public async Task SettleAsync(ClaimedDelivery delivery, Verdict verdict)
    {
        await using var transaction = await database.BeginAsync(isDurable: false);
        var settled = await transaction.ExecuteAsync(
            """
            update digest_deliveries set state = @State, next_at = @nextAt, last_reply = @Reply, attempts = attempts + @Attempts, uncertain_count = uncertain_count + @Uncertain,
              content = case when @nextAt is null then null else content end, claimed_by = null, lease_until = null, updated_utc = @Now
            where id = @Id and epoch = @Epoch and claimed_by is not null
            """,
            new
            {
                delivery.Id, delivery.Epoch, verdict.State, verdict.Reply, nextAt = verdict.NextAt is { } next ? InvariantTime.Format(next.UtcDateTime) : null,
                Attempts = verdict.IsAttempt ? 1 : 0, Uncertain = verdict.State == "uncertain" ? 1 : 0, Now,
            });
        if (settled > 0 && verdict.State == "suppressed")
            await transaction.ExecuteAsync(
                """
                insert into suppressions (address_key, at_utc, reason)
                select u.address_key, @Now, @Reply from digest_deliveries d join subscriptions s on s.id = d.subscription_id join subscribers u on u.id = s.subscriber_id
                where d.id = @Id on conflict (address_key) do nothing
                """,
                new { delivery.Id, verdict.Reply, Now });
        await transaction.CommitAsync();
    }
}

/// <summary>A mail of a subscription, or, without an envelope, why it could not be written.</summary>
public sealed record WrittenDigest(long SubscriptionId, long AfterEventId, string MessageId, Envelope? Envelope, string Problem = "");

/// <summary>The mail must not be handed over any more.</summary>
public sealed class DeliveryWithdrawnException(long id) : Exception($"the delivery {id} was withdrawn");
