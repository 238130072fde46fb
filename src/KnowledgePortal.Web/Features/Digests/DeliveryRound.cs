using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What became of the mails of a round. <paramref name="Obstacle"/>: why no mail could be handed over at all.</summary>
public sealed record DeliverySummary(int Sent, int Deferred, int Uncertain, int Failed, int Suppressed, int Skipped, string? Obstacle)
{
    public static DeliverySummary Nothing { get; } = new(0, 0, 0, 0, 0, 0, null);
}

/// <summary>Sends what is due, over several connections at once, until nothing is left, the server is gone, or the process is told to stop.</summary>
public sealed partial class DeliveryRound(Deliveries deliveries, SenderLocks locks, IMailTransport transport, PortalSettings settings, ILogger<DeliveryRound> log)
{
    private const int BatchSize = 64;
    private int _settled;

    public async Task<DeliverySummary> RunAsync(DateTimeOffset now, CancellationToken stopping)
    {
        if (!await deliveries.HasWorkAsync(now)) return DeliverySummary.Nothing;
        await deliveries.RecoverAsync(now);
        using var sender = locks.Enter();
        var tally = new Tally(stopping);
        // A mail that has begun is brought to its end: only what has not begun is given back.
        await Parallel.ForEachAsync(
            ClaimsAsync(sender.Name, now, tally), new ParallelOptions { MaxDegreeOfParallelism = settings.MailConnections },
            async (delivery, _) => await SendAsync(delivery, now, tally, stopping));
        return tally.Summary();
    }

    private async IAsyncEnumerable<ClaimedDelivery> ClaimsAsync(string sender, DateTimeOffset now, Tally tally)
    {
        while (!tally.IsStopped)
        {
            var (claimed, suppressed, skipped) = await deliveries.ClaimAsync(sender, now, BatchSize);
            tally.Add("suppressed", suppressed);
            tally.Add("skipped", skipped);
            if (claimed.Count == 0) yield break;
            foreach (var delivery in claimed)
            {
                if (tally.IsStopped) await deliveries.SettleAsync(delivery, Verdict.Released(now));
                else yield return delivery;
            }
        }
    }

    private async Task SendAsync(ClaimedDelivery delivery, DateTimeOffset now, Tally tally, CancellationToken stopping)
    {
        var verdict = await TrySendAsync(delivery, now, tally, stopping);
        await deliveries.SettleAsync(delivery, verdict);
        if (FailPoint.IsArmed) FailPoint.Reach($"mail.after-{Interlocked.Increment(ref _settled)}");
        tally.Add(verdict.State, 1);
        if (verdict.State == "failed") LogFailed(delivery.Id, verdict.Reply);
    }

    private async Task<Verdict> TrySendAsync(ClaimedDelivery delivery, DateTimeOffset now, Tally tally, CancellationToken stopping)
    {
        if (MailAddress.Parse(delivery.Sender) is not { } from || MailAddress.Parse(delivery.Recipient) is not { } to) return Verdict.Unwritable("no address");
        try
        {
            var outcome = await transport.SendAsync(new Envelope(from, to, delivery.Content), () => deliveries.HandOverAsync(delivery), stopping);
            if (outcome is SendOutcome.Deferred { Stage: SmtpStage.Connection or SmtpStage.Tls or SmtpStage.Authentication } fault) tally.Stop(fault.Reply);
            return Verdict.Of(outcome, delivery, now);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Verdict.Released(now);
        }
        catch (DeliveryWithdrawnException)
        {
            return Verdict.Withdrawn; // without effect where another sender has the claim
        }
        catch (MailFormatException error)
        {
            return Verdict.Unwritable(error.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the delivery {Id} failed: {Reply}")]
    private partial void LogFailed(long id, string reply);

    /// <summary>Counts by state, and whether to go on.</summary>
    private sealed class Tally(CancellationToken stopping)
    {
        private readonly Dictionary<string, int> _counts = [];
        private volatile string? _obstacle;

        public bool IsStopped => _obstacle is not null || stopping.IsCancellationRequested;

        /// <summary>The server cannot be reached: the other mails keep their tries.</summary>
        public void Stop(string reason) => _obstacle = reason;

        public void Add(string state, int count)
        {
            lock (_counts) _counts[state] = _counts.GetValueOrDefault(state) + count;
        }

        public DeliverySummary Summary()
        {
            lock (_counts) return new(Of("sent"), Of("deferred"), Of("uncertain"), Of("failed"), Of("suppressed"), Of("skipped"), _obstacle);
        }

        private int Of(string state) => _counts.GetValueOrDefault(state);
    }
}
