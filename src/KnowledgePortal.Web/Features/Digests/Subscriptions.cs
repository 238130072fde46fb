using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

public enum ChangeOutcome
{
    Changed,

    /// <summary>The same person already has exactly this.</summary>
    AlreadyThere,
}

/// <summary>What people do with subscriptions: ask, confirm, change, stop.</summary>
public sealed class Subscriptions(Database database, Letterheads letterheads, Deliveries deliveries, Attempts attempts, TimeProvider clock)
{
    private static readonly TimeSpan ConfirmationTime = TimeSpan.FromDays(7);

    // Nobody's letter box is flooded through the portal; the second limit is wide enough for an office behind one network address.
    private static readonly AttemptLimit ToAddress = new("subscribe/address", 5, TimeSpan.FromDays(1));
    private static readonly AttemptLimit FromClient = new("subscribe/client", 30, TimeSpan.FromHours(1));

    private const string Columns =
        "s.id, u.address, s.frequency, s.term_ids, s.search, s.token, s.confirmation_expires_utc, s.confirmed_utc, s.unsubscribed_utc, s.last_event_id";

    private const string From = "from subscriptions s join subscribers u on u.id = s.subscriber_id";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Asks for a subscription: a mail goes to the address, unless it has had many today. Nobody learns whether the address is known.</summary>
    /// <returns>False when too many requests came from <paramref name="clientAddress"/>.</returns>
    public async Task<bool> RequestAsync(MailAddress address, DigestFrequency frequency, Interests interests, string clientAddress)
    {
        var letterhead = await letterheads.LoadAsync();
        await using var transaction = await database.BeginAsync();
        if ((await attempts.TakeAsync(FromClient, clientAddress, transaction)).IsRefused) return false;
        if (!(await attempts.TakeAsync(ToAddress, address.Key, transaction)).IsRefused)
        {
            var secret = Secrets.New();
            var subscription = await StoreAsync(address, frequency, interests, Secrets.Hash(secret), transaction);
            await deliveries.QueueConfirmationAsync(subscription, ConfirmationMail.Write(letterhead, subscription, address, secret, clock.GetUtcNow()), transaction);
        }
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>What a confirmation mail's link is about; null when the link is wrong, or too old to be confirmed.</summary>
    public async Task<Subscription?> FindByConfirmationAsync(string secret)
    {
        var found = await database.FirstAsync<Subscription>(
            $"select {Columns} {From} where s.confirmation_hash = @hash", new { hash = Secrets.Hash(secret) });
        return found is null || found.IsActive || InvariantTime.Parse(found.ConfirmationExpiresUtc) > Now ? found : null;
    }

    public Task<Subscription?> FindAsync(string token) =>
        database.FirstAsync<Subscription>($"select {Columns} {From} where s.token = @token", new { token });

    /// <summary>Confirms; doing it again changes nothing. What is there already is not new.</summary>
    /// <returns>False when the link is wrong or too old.</returns>
    public async Task<bool> ConfirmAsync(string secret)
    {
        if (await FindByConfirmationAsync(secret) is not { } found) return false;
        if (found.IsActive) return true;
        await using var transaction = await database.BeginAsync();
        // Two requests for the same may both be confirmed: the second one adds nothing.
        await transaction.ExecuteAsync(
            """
            update subscriptions set confirmed_utc = @now, unsubscribed_utc = null, last_event_id = (select coalesce(max(id), 0) from activity_events)
            where id = @Id and not exists (
              select 1 from subscriptions o where o.subscriber_id = subscriptions.subscriber_id and o.frequency = subscriptions.frequency
                and o.term_ids = subscriptions.term_ids and o.search = subscriptions.search and o.confirmed_utc is not null and o.unsubscribed_utc is null)
            """,
            new { found.Id, now = InvariantTime.Format(Now) });
        // A mail has come through, so the address works again.
        await transaction.ExecuteAsync(
            "delete from suppressions where address_key = (select u.address_key from subscribers u join subscriptions s on s.subscriber_id = u.id where s.id = @Id)",
            new { found.Id });
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Stops this subscription and no other; doing it again changes nothing.</summary>
    /// <returns>False when there is no such subscription.</returns>
    public async Task<bool> StopAsync(string token)
    {
        await using var transaction = await database.BeginAsync();
        // The old confirmation link must not start it again.
        await transaction.ExecuteAsync(
            "update subscriptions set unsubscribed_utc = @now, confirmation_hash = null where token = @token and unsubscribed_utc is null",
            new { token, now = InvariantTime.Format(Now) });
        var isKnown = await transaction.FirstAsync<long?>("select id from subscriptions where token = @token", new { token }) is not null;
        await transaction.CommitAsync();
        return isKnown;
    }

    /// <summary>Changes what an active subscription is about, or how often.</summary>
    public async Task<ChangeOutcome> ChangeAsync(Subscription subscription, DigestFrequency frequency, Interests interests)
    {
        await using var transaction = await database.BeginAsync();
        var other = await transaction.FirstAsync<long?>(
            """
            select o.id from subscriptions o join subscriptions s on s.subscriber_id = o.subscriber_id
            where s.id = @Id and o.id <> @Id and o.frequency = @frequency and o.term_ids = @Key and o.search = @SearchKey
              and o.confirmed_utc is not null and o.unsubscribed_utc is null
            """,
            new { subscription.Id, frequency = frequency.Name(), interests.Key, interests.SearchKey });
        if (other is not null) return ChangeOutcome.AlreadyThere;
        await transaction.ExecuteAsync(
            "update subscriptions set frequency = @frequency, term_ids = @Key, search = @SearchKey where id = @Id and confirmed_utc is not null and unsubscribed_utc is null",
            new { subscription.Id, frequency = frequency.Name(), interests.Key, interests.SearchKey });
        await transaction.CommitAsync();
        return ChangeOutcome.Changed;
    }

    /// <summary>Forgets addresses that nobody confirmed in time, and their mails.</summary>
    public async Task ForgetUnconfirmedAsync()
    {
        const string Stale = "select id from subscriptions where confirmed_utc is null and confirmation_expires_utc < @now";
        var now = InvariantTime.Format(Now);
        if (await database.FirstAsync<long?>(Stale + " limit 1", new { now }) is null) return;
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync($"delete from digest_deliveries where subscription_id in ({Stale})", new { now });
        await transaction.ExecuteAsync($"delete from subscriptions where id in ({Stale})", new { now });
        await transaction.ExecuteAsync("delete from subscribers where id not in (select subscriber_id from subscriptions)");
        await transaction.CommitAsync();
    }

    private async Task<Subscription> StoreAsync(MailAddress address, DigestFrequency frequency, Interests interests, string hash, DatabaseTransaction transaction)
    {
        var now = InvariantTime.Format(Now);
        await transaction.ExecuteAsync(
            "insert into subscribers (address_key, address, created_utc) values (@Key, @address, @now) on conflict (address_key) do nothing",
            new { address.Key, address = address.ToString(), now });
        var wanted = new
        {
            address.Key, frequency = frequency.Name(), terms = interests.Key, interests.SearchKey, token = Secrets.New(), hash, now,
            expires = InvariantTime.Format(Now + ConfirmationTime),
        };
        var id = await transaction.FirstAsync<long?>(
            """
            select s.id from subscriptions s join subscribers u on u.id = s.subscriber_id
            where u.address_key = @Key and s.frequency = @frequency and s.term_ids = @terms and s.search = @SearchKey
            order by case when s.confirmed_utc is not null and s.unsubscribed_utc is null then 0 else 1 end, s.id limit 1
            """,
            wanted);
        id ??= await transaction.FirstAsync<long>(
            """
            insert into subscriptions (subscriber_id, frequency, term_ids, search, token, created_utc, last_event_id)
            select id, @frequency, @terms, @SearchKey, @token, @now, 0 from subscribers where address_key = @Key
            returning id
            """,
            wanted);
        await transaction.ExecuteAsync(
            "update subscriptions set confirmation_hash = @hash, confirmation_expires_utc = @expires where id = @id", new { wanted.hash, wanted.expires, id });
        return (await transaction.FirstAsync<Subscription>($"select {Columns} {From} where s.id = @id", new { id }))!;
    }
}
