using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>How many confirmation mails may be asked for within a window: nobody's letter box is flooded through the portal.</summary>
public sealed record SubscribeLimit(string Kind, int Count, TimeSpan Window)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static SubscribeLimit OfAddress { get; } = new("address", 5, Longest);

    /// <summary>Wide enough for an office behind one network address.</summary>
    public static SubscribeLimit OfClient { get; } = new("client", 30, TimeSpan.FromHours(1));

    /// <returns>False when the limit is reached; then nothing is counted, so that nobody can keep an address shut by asking again and again.</returns>
    public async Task<bool> TakeAsync(string subject, DateTime now, DatabaseTransaction transaction)
    {
        var row = new { subject = Secret.Hash($"{Kind} {subject}"), now = InvariantTime.Format(now), since = InvariantTime.Format(now - Window), old = InvariantTime.Format(now - Longest) };
        await transaction.ExecuteAsync("delete from subscribe_requests where at_utc < @old", row);
        var taken = await transaction.FirstAsync<int>("select count(*) from subscribe_requests where subject = @subject and at_utc > @since", row);
        if (taken >= Count) return false;
        await transaction.ExecuteAsync("insert into subscribe_requests (subject, at_utc) values (@subject, @now)", row);
        return true;
    }
}
