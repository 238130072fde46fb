using System.Data.Common;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>How long somebody stays signed in: without doing anything, and at most.</summary>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute)
{
    private static readonly SessionLimits Administrators = new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(12));
    private static readonly SessionLimits Others = new(TimeSpan.FromHours(8), TimeSpan.FromDays(30));

    public static TimeSpan Longest => Others.Absolute;

    public static SessionLimits Of(bool isAdministrator) => isAdministrator ? Administrators : Others;
}

/// <summary>One browser in which somebody is signed in.</summary>
public sealed record AccountSession
{
    public string KeyHash { get; init; } = "";

    public string AccountId { get; init; } = "";

    public string StartedUtc { get; init; } = "";

    public string SeenUtc { get; init; } = "";

    public string Browser { get; init; } = "";
}

/// <summary>
/// Who is signed in where. The cookie holds nothing but the key of a row here, and the row is read at every request: signing out, disabling an account
/// or taking a role away counts from the next request on, and a copied cookie dies with its session.
/// </summary>
public sealed class AccountSessions(Database database, TimeProvider clock, ILogger<AccountSessions> log)
{
    // A write for every page would be dear; the price is that an idle session may end a minute early.
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session under a key that no browser has seen before.</summary>
    public async Task<string> StartAsync(string accountId, string browser, DatabaseTransaction transaction)
    {
        var key = Secrets.New();
        var now = Now;
        await transaction.ExecuteAsync("delete from account_sessions where started_utc < @cutoff", new { cutoff = InvariantTime.Format(now - SessionLimits.Longest) });
        await transaction.ExecuteAsync(
            "insert into account_sessions (key_hash, account_id, started_utc, seen_utc, browser) values (@hash, @accountId, @now, @now, @browser)",
            new { hash = Secrets.Hash(key), accountId, now = InvariantTime.Format(now), browser });
        return key;
    }

    /// <summary>Who is signed in with a key; null when the session has ended, was idle for too long, or its account is disabled.</summary>
    public async Task<Account?> ResumeAsync(string key)
    {
        var (session, account) = await database.QueryManyAsync(
            $"""
            select key_hash, account_id, started_utc, seen_utc, browser from account_sessions where key_hash = @hash;
            select {Accounts.Columns} from account_sessions s join accounts a on a.account_id = s.account_id and a.is_enabled = 1 where s.key_hash = @hash;
            """,
            new { hash = Secrets.Hash(key) },
            async results => (await results.ReadFirstOrDefaultAsync<AccountSession>(), await results.ReadFirstOrDefaultAsync<Account>()));
        if (session is null || account is null) return null;
        var limits = SessionLimits.Of(account.IsAdministrator);
        var idle = Now - Time(session.SeenUtc);
        if (idle > limits.Idle || Now - Time(session.StartedUtc) > limits.Absolute) return null;
        if (idle >= Touch) await TouchAsync(session.KeyHash);
        return account;
    }

    /// <summary>Where the account is signed in, the latest first.</summary>
    public async Task<IReadOnlyList<AccountSession>> OfAsync(string accountId, bool isAdministrator)
    {
        var limits = SessionLimits.Of(isAdministrator);
        return await database.QueryAsync<AccountSession>(
            """
            select key_hash, account_id, started_utc, seen_utc, browser from account_sessions
            where account_id = @accountId and seen_utc > @idle and started_utc > @absolute order by seen_utc desc
            """,
            new { accountId, idle = InvariantTime.Format(Now - limits.Idle), absolute = InvariantTime.Format(Now - limits.Absolute) });
    }

    public Task EndAsync(string key, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from account_sessions where key_hash = @hash", new { hash = Secrets.Hash(key) });

    /// <summary>Ends every session of the account but one.</summary>
    public Task EndAllAsync(string accountId, DatabaseTransaction transaction, string? exceptKey = null) => transaction.ExecuteAsync(
        "delete from account_sessions where account_id = @accountId and (@except is null or key_hash <> @except)",
        new { accountId, except = exceptKey is null ? null : Secrets.Hash(exceptKey) });

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static DateTime Time(string stored) => InvariantTime.Parse(stored) ?? DateTime.MinValue;

    // Reading must go on while another process writes for long: what is not noted now is noted by the next request.
    private async Task TouchAsync(string keyHash)
    {
        try
        {
            await using var transaction = await database.BeginAsync();
            await transaction.ExecuteAsync(
                "update account_sessions set seen_utc = @now where key_hash = @keyHash", new { now = InvariantTime.Format(Now), keyHash });
            await transaction.CommitAsync();
        }
        catch (DbException error)
        {
            log.LogWarning(error, "the time of the last visit was not stored");
        }
    }
}
