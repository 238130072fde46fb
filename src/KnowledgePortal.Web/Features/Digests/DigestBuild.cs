using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What writing the mails of a run came to.</summary>
public sealed record BuildSummary(int Written, int NothingNew);

/// <summary>
/// Writes the mails of a run into <c>digest_deliveries</c>, a few subscriptions per transaction. A subscription is marked in the transaction of its mail:
/// whoever goes on after a kill, or works beside this process, finds exactly those that are left.
/// </summary>
public sealed class DigestBuild(Database database, DigestEntries source, Letterheads letterheads, Deliveries deliveries)
{
    private const int BatchSize = 200;

    public async Task<BuildSummary> RunAsync(DigestRun run, DateTimeOffset now, CancellationToken stopping)
    {
        var letterhead = await letterheads.LoadAsync();
        // After the run was written down: whoever published before that has committed by now.
        var entries = await source.LoadAsync(await OldestEventAsync(run), run.UntilEventId, run.RunDate);
        var (written, nothingNew) = (0, 0);
        while (!stopping.IsCancellationRequested)
        {
            await using var transaction = await database.BeginAsync(CancellationToken.None);
            var batch = await NextAsync(run, transaction);
            foreach (var subscription in batch)
            {
                if (await WriteAsync(run, subscription, entries, letterhead, now, transaction)) written++;
                else nothingNew++;
            }
            if (batch.Count == 0) await transaction.ExecuteAsync("update digest_runs set state = 'built' where id = @Id and state = 'open'", new { run.Id });
            await transaction.CommitAsync();
            if (batch.Count == 0) break;
        }
        return new BuildSummary(written, nothingNew);
    }

    private async Task<bool> WriteAsync(
        DigestRun run, Subscription subscription, DigestEntryList entries, Letterhead letterhead, DateTimeOffset now, DatabaseTransaction transaction)
    {
        // A digest that could not be delivered before the next one is due goes into that one: nobody gets two at once.
        var after = await deliveries.WithdrawAsync(subscription.Id, transaction) ?? subscription.LastEventId;
        var items = entries.For(subscription.Interests, after);
        await transaction.ExecuteAsync(
            "update subscriptions set last_event_id = max(last_event_id, @UntilEventId), last_run_id = @RunId where id = @Id",
            new { run.UntilEventId, RunId = run.Id, subscription.Id });
        if (items.Count == 0) return false;
        try
        {
            await deliveries.QueueAsync(run.Id, subscription, after, DigestMail.Write(letterhead, subscription, items, run.RunDate, now), now, transaction);
        }
        catch (MailFormatException error)
        {
            // One mail that cannot be written must not stop the others; the row shows why.
            await deliveries.QueueFailedAsync(run.Id, subscription, after, error.Message, now, transaction);
        }
        return true;
    }

    // Whoever confirmed after the run was due waits for the next one.
    private static Task<IReadOnlyList<Subscription>> NextAsync(DigestRun run, DatabaseTransaction transaction) => transaction.QueryAsync<Subscription>(
        """
        select s.id, u.address, s.frequency, s.term_ids, s.token, s.confirmed_utc, s.last_event_id
        from subscriptions s join subscribers u on u.id = s.subscriber_id
        where s.frequency = @Frequency and s.last_run_id < @Id and s.confirmed_utc <= @due and s.unsubscribed_utc is null
        order by s.id limit @BatchSize
        """,
        new { run.Frequency, run.Id, due = InvariantTime.Format(DigestFrequencies.DueAt(run.RunDate).UtcDateTime), BatchSize });

    private async Task<long> OldestEventAsync(DigestRun run) => await database.FirstAsync<long?>(
        """
        select min(event_id) from (
          select min(last_event_id) as event_id from subscriptions where frequency = @Frequency and confirmed_utc is not null and unsubscribed_utc is null
          union all
          select min(after_event_id) from digest_deliveries where run_id is not null and next_at is not null)
        """,
        new { run.Frequency }) ?? run.UntilEventId;
}
