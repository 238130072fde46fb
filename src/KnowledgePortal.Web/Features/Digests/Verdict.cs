using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>What a server's answer means for a delivery: its next state and, where it is tried again, when.</summary>
public sealed record Verdict(string State, string Reply, DateTimeOffset? NextAt = null, bool IsAttempt = true)
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)];
    private static readonly TimeSpan LongestTry = TimeSpan.FromDays(1);

    public static Verdict Of(SendOutcome outcome, ClaimedDelivery delivery, DateTimeOffset now) => outcome switch
    {
        SendOutcome.Accepted accepted => new("sent", accepted.Reply),
        SendOutcome.Refused { IsAboutRecipient: true } refused => new("suppressed", refused.Reply),
        SendOutcome.Refused refused => new("failed", refused.Reply),
        SendOutcome.Deferred deferred => Later(deferred.Reply, delivery, now),
        // Once more with the same bytes; a second time might make it three mails.
        SendOutcome.Uncertain uncertain => new("uncertain", uncertain.Reason, delivery.UncertainCount == 0 ? now : null),
        _ => throw new InvalidOperationException($"unknown outcome {outcome}"),
    };

    /// <summary>Not tried after all.</summary>
    public static Verdict Released(DateTimeOffset now) => new("queued", "", now, IsAttempt: false);

    public static Verdict Withdrawn { get; } = new("skipped", "unsubscribed", IsAttempt: false);

    public static Verdict Unwritable(string reason) => new("failed", reason);

    private static Verdict Later(string reply, ClaimedDelivery delivery, DateTimeOffset now) =>
        now - InvariantTime.Parse(delivery.CreatedUtc) > LongestTry
            ? new("failed", reply)
            : new("deferred", reply, now + Delays[Math.Min(delivery.Attempts, Delays.Length - 1)]);
}
