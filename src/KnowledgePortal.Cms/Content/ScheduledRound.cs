using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>What a round did; <paramref name="Waiting"/> are drafts whose time has come and which cannot be published yet.</summary>
public sealed record ScheduledOutcome(int Published, int Archived, int Waiting);

/// <summary>
/// Publishes and withdraws what is due. Any number of processes may do so at once: each item is looked at again in the transaction that changes it.
/// A draft that something stands against keeps its time and is published by the first round after it has been mended.
/// </summary>
public sealed class ScheduledRound(Database database, ContentLifecycle lifecycle)
{
    // Times of other sites may be written with an offset, so the text only narrows the search down.
    private static readonly TimeSpan LargestOffset = TimeSpan.FromDays(1);

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public async Task<ScheduledOutcome> RunAsync(DateTimeOffset now, CancellationToken cancellation = default)
    {
        var (published, archived, waiting) = (0, 0, 0);
        foreach (var id in await DueAsync("latest = 1 and published = 0", ScheduledTimes.PublishLater, ScheduledTimes.PublishMember, now))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await PublishAsync(id, now) is not { } done) continue;
            if (done) published++;
            else waiting++;
        }
        foreach (var id in await DueAsync("published = 1", ScheduledTimes.ArchiveLater, ScheduledTimes.ArchiveMember, now))
        {
            cancellation.ThrowIfCancellationRequested();
            if (await ArchiveAsync(id, now)) archived++;
        }
        return new ScheduledOutcome(published, archived, waiting);
    }

    private Task<IReadOnlyList<string>> DueAsync(string state, string part, string member, DateTimeOffset now) => database.QueryAsync<string>(
        $"""
        select content_item_id from content_items
        where {state} and json_extract(document, '$.{part}.{member}') is not null and json_extract(document, '$.{part}.{member}') <= @limit
        order by json_extract(document, '$.{part}.{member}')
        """,
        new { limit = InvariantTime.Format((now + LargestOffset).UtcDateTime) });

    // Null when it is not due, or another process was first.
    private async Task<bool?> PublishAsync(string id, DateTimeOffset now)
    {
        await using var transaction = await database.BeginAsync();
        if (await ContentRows.FindAsync(id, "latest", transaction) is not { Published: false } draft || !IsDue(ScheduledTimes.PublishAt(draft), now)) return null;
        if ((await lifecycle.ValidateAsync(draft, transaction)).Count > 0) return false;
        try
        {
            await lifecycle.PublishAsync(id, Actor.System, transaction);
        }
        catch (InvalidContentException)
        {
            return false;
        }
        await transaction.CommitAsync();
        return true;
    }

    private async Task<bool> ArchiveAsync(string id, DateTimeOffset now)
    {
        await using var transaction = await database.BeginAsync();
        if (await ContentRows.FindAsync(id, "published", transaction) is not { } shown || !IsDue(ScheduledTimes.ArchiveAt(shown), now)) return false;
        await lifecycle.UnpublishAsync(id, Actor.System, transaction);
        await transaction.CommitAsync();
        return true;
    }

    private static bool IsDue(DateTime? time, DateTimeOffset now) => time is { } utc && utc <= now.UtcDateTime;
}
