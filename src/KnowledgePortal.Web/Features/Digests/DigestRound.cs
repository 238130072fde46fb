namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What a round did.</summary>
public sealed record DigestSummary(IReadOnlyList<DigestRun> Runs, int SkippedRuns, int Written, int NothingNew, DeliverySummary Mails)
{
    public override string ToString() =>
        $"runs {(Runs.Count == 0 ? "none" : string.Join(", ", Runs.Select(r => $"{r.Frequency} {r.RunDate.Text()}")))}, skipped runs {SkippedRuns}; "
        + $"written {Written}, nothing new {NothingNew}; sent {Mails.Sent}, deferred {Mails.Deferred}, uncertain {Mails.Uncertain}, failed {Mails.Failed}, "
        + $"suppressed {Mails.Suppressed}, skipped {Mails.Skipped}{(Mails.Obstacle is { } obstacle ? $"; stopped: {obstacle}" : "")}";
}

/// <summary>
/// Everything that is due at a time: opens runs, writes their mails, sends what waits. Any number of processes may do it at once or be killed in it: each
/// step goes on where the last one, whoever did it, has ended.
/// </summary>
public sealed class DigestRound(DigestRuns runs, DigestBuild build, DeliveryRound delivery, Subscriptions subscriptions)
{
    public async Task<DigestSummary> RunAsync(DateTimeOffset now, CancellationToken stopping)
    {
        var skipped = await runs.OpenDueAsync(now);
        var open = await runs.OpenAsync();
        var (written, nothingNew) = (0, 0);
        foreach (var run in open)
        {
            var summary = await build.RunAsync(run, now, stopping);
            written += summary.Written;
            nothingNew += summary.NothingNew;
        }
        var mails = await delivery.RunAsync(now, stopping);
        await subscriptions.ForgetUnconfirmedAsync();
        return new DigestSummary(open, skipped, written, nothingNew, mails);
    }
}
