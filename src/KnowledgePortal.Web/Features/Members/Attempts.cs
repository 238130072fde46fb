using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>So many tries of a kind by or about one subject within a window.</summary>
public sealed record AttemptLimit(string Kind, int Count, TimeSpan Window)
{
    public static AttemptLimit SignInOfAccount { get; } = new("sign-in/account", 10, TimeSpan.FromMinutes(15));

    /// <summary>Wide enough for an office behind one address; guessing at many accounts meets it.</summary>
    public static AttemptLimit SignInFromAddress { get; } = new("sign-in/address", 50, TimeSpan.FromMinutes(15));

    /// <summary>The current password, asked for again by <see cref="PasswordProof"/>.</summary>
    public static AttemptLimit CurrentPassword { get; } = new("password/account", 10, TimeSpan.FromMinutes(15));

    public static AttemptLimit ResetOfAccount { get; } = new("reset/account", 3, TimeSpan.FromHours(1));

    public static AttemptLimit ResetFromAddress { get; } = new("reset/address", 20, TimeSpan.FromHours(1));
}

/// <summary>A try that was taken (<paramref name="Id"/>), or when the next one may be made.</summary>
public sealed record Attempt(long? Id, int Left, DateTime? Until)
{
    public bool IsRefused => Id is null;
}

/// <summary>
/// Counts tries. A try is taken before what it is about is looked at and given back when it was right, so that many at once cannot outrun the limit;
/// a refused try is not counted, so that nobody can keep a door shut by knocking.
/// </summary>
public sealed class Attempts(TimeProvider clock)
{
    public async Task<Attempt> TakeAsync(AttemptLimit limit, string subject, DatabaseTransaction transaction)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var parameters = new { limit.Kind, subject = Secrets.Hash(subject), now = InvariantTime.Format(now), cutoff = InvariantTime.Format(now - limit.Window) };
        await transaction.ExecuteAsync("delete from attempts where kind = @Kind and at_utc <= @cutoff", parameters);
        var times = await transaction.QueryAsync<string>("select at_utc from attempts where kind = @Kind and subject = @subject order by at_utc desc limit 1000", parameters);
        if (times.Count >= limit.Count) return new Attempt(null, 0, InvariantTime.Parse(times[limit.Count - 1]) + limit.Window);
        var id = await transaction.FirstAsync<long>("insert into attempts (kind, subject, at_utc) values (@Kind, @subject, @now) returning id", parameters);
        return new Attempt(id, limit.Count - times.Count - 1, null);
    }

    /// <summary>Gives one try back.</summary>
    public Task GiveBackAsync(Attempt attempt, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from attempts where id = @Id", new { attempt.Id });

    /// <summary>Gives all tries of the subject back.</summary>
    public Task ForgetAsync(AttemptLimit limit, string subject, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from attempts where kind = @Kind and subject = @subject", new { limit.Kind, subject = Secrets.Hash(subject) });
}
