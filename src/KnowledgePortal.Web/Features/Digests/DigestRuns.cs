using System.Globalization;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>The digests of one frequency and day, as <c>digest_runs</c> keeps them.</summary>
public sealed record DigestRun
{
    public long Id { get; init; }
    public DateOnly RunDate { get; init; }
    public string Frequency { get; init; } = "";

    /// <summary>The newest event that it tells of. Taken once, so that everybody who works on the run works on the same.</summary>
    public long UntilEventId { get; init; }
}

/// <summary>Which digests are due. A run is written down before anything else happens, and only once.</summary>
public sealed class DigestRuns(Database database, TimeProvider clock)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    /// <summary>
    /// Writes down what is due at <paramref name="now"/> and was never run: the newest of each frequency is opened, older ones, which it takes the place
    /// of, are skipped.
    /// </summary>
    /// <returns>How many were skipped.</returns>
    public async Task<int> OpenDueAsync(DateTimeOffset now)
    {
        var due = DigestFrequencies.All.ToDictionary(f => f, f => f.DueDays(now - LookBack, now));
        if ((await RecordedAsync(now)) is var known && due.All(d => d.Value.All(day => known.Contains((d.Key.Name(), day))))) return 0;
        var skipped = 0;
        await using var transaction = await database.BeginAsync();
        foreach (var (frequency, days) in due)
            foreach (var day in days)
            {
                var isNewest = day == days[^1] && await transaction.FirstAsync<long?>(
                    "select id from digest_runs where frequency = @name and run_date > @day", new { name = frequency.Name(), day }) is null;
                var isAdded = await AddAsync(frequency, day, isNewest ? "open" : "skipped", transaction);
                if (isAdded && !isNewest) skipped++;
                if (isAdded && isNewest)
                    skipped += await transaction.ExecuteAsync(
                        "update digest_runs set state = 'skipped' where frequency = @name and state = 'open' and run_date < @day", new { name = frequency.Name(), day });
            }
        await transaction.CommitAsync();
        return skipped;
    }

    /// <summary>Runs whose mails are not all written, among them those of a process that is no more.</summary>
    public Task<IReadOnlyList<DigestRun>> OpenAsync() =>
        database.QueryAsync<DigestRun>("select id, run_date, frequency, until_event_id from digest_runs where state = 'open' order by id");

    private async Task<HashSet<(string Frequency, DateOnly Day)>> RecordedAsync(DateTimeOffset now)
    {
        var since = DateOnly.FromDateTime((now - LookBack - TimeSpan.FromDays(1)).UtcDateTime);
        var runs = await database.QueryAsync<DigestRun>("select id, run_date, frequency, until_event_id from digest_runs where run_date >= @since", new { since });
        return [.. runs.Select(r => (r.Frequency, r.RunDate))];
    }

    private async Task<bool> AddAsync(DigestFrequency frequency, DateOnly day, string state, DatabaseTransaction transaction) =>
        await transaction.ExecuteAsync(
            """
            insert into digest_runs (run_date, frequency, state, until_event_id, created_utc)
            select @day, @name, @state, (select coalesce(max(id), 0) from activity_events), @created
            where not exists (select 1 from digest_runs where run_date = @day and frequency = @name)
            """,
            new { day, name = frequency.Name(), state, created = InvariantTime.Format(clock.GetUtcNow().UtcDateTime) }) > 0;
}

public static class RunDates
{
    public static string Text(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
