using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Where a try to sign in comes from.</summary>
public sealed record SignInOrigin(string Address, string Browser)
{
    public static SignInOrigin Of(HttpContext context) => new(ClientAddress.Of(context), Browsers.Describe(context.Request.Headers.UserAgent.ToString()));
}

public abstract record SignInOutcome
{
    /// <summary>Right: the key of the new session.</summary>
    public sealed record SignedIn(Account Account, string Key) : SignInOutcome;

    /// <summary>No such account, a wrong password, or a disabled account: which of them is not told.</summary>
    public sealed record Wrong(int Left) : SignInOutcome;

    /// <summary>Too many tries.</summary>
    public sealed record Locked(DateTime Until) : SignInOutcome;
}

/// <summary>Signing in with an address and a password, and out again.</summary>
public sealed class SignIns(Database database, Accounts accounts, AccountSessions sessions, Attempts attempts, Passwords passwords)
{
    /// <summary>Whoever tries to sign in, before it is known who.</summary>
    private static readonly Actor Somebody = new("anonymous");

    public async Task<SignInOutcome> TryAsync(string userName, string password, SignInOrigin origin)
    {
        var (ofAccount, fromAddress) = await TakeAsync(userName, origin);
        if (ofAccount.Until is { } locked) return new SignInOutcome.Locked(locked);
        if (fromAddress.Until is { } throttled) return new SignInOutcome.Locked(throttled);

        var account = await accounts.FindByNameAsync(userName);
        var hash = account is null ? null : await accounts.PasswordHashAsync(account.AccountId);
        var verdict = passwords.Verify(hash, password);
        var rehashed = verdict == PasswordVerdict.RightButWeak ? passwords.Hash(password) : hash;

        await using var transaction = await database.BeginAsync();
        if (verdict == PasswordVerdict.Wrong || !await IsStillRightAsync(account!, hash!, rehashed!, transaction))
        {
            await RecordFailureAsync(account, ofAccount, origin, transaction);
            await transaction.CommitAsync();
            return new SignInOutcome.Wrong(ofAccount.Left);
        }
        await attempts.ForgetAsync(AttemptLimit.SignInOfAccount, userName, transaction);
        await attempts.GiveBackAsync(fromAddress, transaction);
        var key = await StartAsync(account!, origin, transaction);
        await transaction.CommitAsync();
        return new SignInOutcome.SignedIn(account!, key);
    }

    /// <summary>Begins a session for somebody who has just proved who they are.</summary>
    public async Task<string> StartAsync(Account account, SignInOrigin origin, DatabaseTransaction transaction)
    {
        await accounts.NoteSignInAsync(account, transaction);
        await accounts.RecordAsync("account.sign-in", account, new Actor(account.UserName), transaction, origin.Address);
        return await sessions.StartAsync(account.AccountId, origin.Browser, transaction);
    }

    public async Task EndAsync(string key, Account account)
    {
        await using var transaction = await database.BeginAsync();
        await sessions.EndAsync(key, transaction);
        await accounts.RecordAsync("account.sign-out", account, new Actor(account.UserName), transaction);
        await transaction.CommitAsync();
    }

    private async Task<(Attempt OfAccount, Attempt FromAddress)> TakeAsync(string userName, SignInOrigin origin)
    {
        await using var transaction = await database.BeginAsync();
        var ofAccount = await attempts.TakeAsync(AttemptLimit.SignInOfAccount, userName, transaction);
        var fromAddress = await attempts.TakeAsync(AttemptLimit.SignInFromAddress, origin.Address, transaction);
        if (!ofAccount.IsRefused && !fromAddress.IsRefused) await transaction.CommitAsync();
        return (ofAccount, fromAddress);
    }

    // The password may have been changed, or the account disabled, while the rounds were computed.
    private static async Task<bool> IsStillRightAsync(Account account, string hash, string rehashed, DatabaseTransaction transaction) =>
        await transaction.ExecuteAsync(
            "update accounts set password_hash = @rehashed where account_id = @AccountId and is_enabled = 1 and password_hash = @hash",
            new { rehashed, hash, account.AccountId }) == 1;

    // What was typed is not written down: people type passwords into the wrong field.
    private async Task RecordFailureAsync(Account? account, Attempt attempt, SignInOrigin origin, DatabaseTransaction transaction)
    {
        var subject = account ?? new Account();
        await accounts.RecordAsync("account.sign-in-failed", subject, Somebody, transaction, origin.Address);
        if (attempt.Left == 0) await accounts.RecordAsync("account.locked", subject, Somebody, transaction, origin.Address);
    }
}
