using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What writing the mails of a run came to.</summary>
public sealed record BuildSummary(int Written, int NothingNew);

/// <summary>
/// Writes the mails of a run into <c>digest_deliveries</c>, a few subscriptions per transaction. A subscription is marked in the transaction of its mail:
/// whoever goes on after a kill, or works beside this process, finds exactly those that are left.
/// </summary>
public sealed class DigestBuild(Database database, DigestEntries source, SavedSearchMatches searches, Letterheads letterheads, Deliveries deliveries)
{
    private const int BatchSize = 200;

    public async Task<BuildSummary> RunAsync(DigestRun run, DateTimeOffset now, CancellationToken stopping)
    {
        var letterhead = await letterheads.LoadAsync();
        // After the run was written down: whoever published before that has committed by now.
        var entries = await source.LoadAsync(await OldestEventAsync(run), run.UntilEventId, run.RunDate);
        var (written, seen) = (0, 0);
        while (!stopping.IsCancellationRequested)
        {
            IReadOnlyList<Interests> unknown;
            await using (var transaction = await database.BeginAsync(CancellationToken.None))
            {
                var batch = await NextAsync(run, transaction);
                unknown = [.. batch.Select(s => s.Interests).Where(i => !entries.Knows(i))];
                if (unknown.Count == 0)
                {
                    if (batch.Count == 0) await transaction.ExecuteAsync("update digest_runs set state = 'built' where id = @Id and state = 'open'", new { run.Id });
                    else written += await WriteAsync(run, batch, entries, letterhead, now, transaction);
                    await transaction.CommitAsync();
                    if (batch.Count == 0) break;
                    seen += batch.Count;
                }
            }
            // Not inside a transaction: the search index may first have to catch up, and writes when it does.
            await entries.LookUpAsync(unknown, searches);
        }
        return new BuildSummary(written, seen - written);
    }

    private async Task<int> WriteAsync(
        DigestRun run, IReadOnlyList<Subscription> batch, DigestEntryList entries, Letterhead letterhead, DateTimeOffset now, DatabaseTransaction transaction)
    {
        var ids = batch.Select(s => s.Id).ToList();
        // A digest that could not be delivered before the next one is due goes into that one: nobody gets two at once.
        var withdrawn = await deliveries.WithdrawAsync(ids, transaction);
        await transaction.ExecuteAsync(
            "update subscriptions set last_event_id = case when last_event_id < @UntilEventId then @UntilEventId else last_event_id end, last_run_id = @RunId where id in @ids",
            new { run.UntilEventId, RunId = run.Id, ids });
        var mails = batch.AsParallel().AsOrdered()
            .Select(s => Write(run, s, withdrawn.GetValueOrDefault(s.Id, s.LastEventId), entries, letterhead, now)).OfType<WrittenDigest>().ToList();
        foreach (var mail in mails) await deliveries.QueueAsync(run.Id, mail, now, transaction);
        return mails.Count;
    }

    private static WrittenDigest? Write(DigestRun run, Subscription subscription, long after, DigestEntryList entries, Letterhead letterhead, DateTimeOffset now)
    {
        var items = entries.For(subscription.Interests, after);
        if (items.Count == 0) return null;
        try
        {
            var mail = DigestMail.Write(letterhead, subscription, items, run.RunDate, now);
            return new WrittenDigest(subscription.Id, after, mail.MessageId, Envelope.Of(mail));
        }
        catch (MailFormatException error)
        {
            // One mail that cannot be written must not stop the others; its row shows why.
            return new WrittenDigest(subscription.Id, after, "", null, error.Message);
        }
    }

    // Whoever confirmed after the run was due waits for the next one.
    private static Task<IReadOnlyList<Subscription>> NextAsync(DigestRun run, DatabaseTransaction transaction) => transaction.QueryAsync<Subscription>(
        """
        select s.id, u.address, s.frequency, s.term_ids, s.search, s.token, s.confirmed_utc, s.last_event_id
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
          select min(after_event_id) from digest_deliveries where run_id is not null and next_at is not null) oldest
        """,
        new { run.Frequency }) ?? run.UntilEventId;
}
