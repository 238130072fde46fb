using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>What a link by mail is good for, and for how long.</summary>
public sealed record TokenPurpose(string Name, TimeSpan Lifetime)
{
    public static TokenPurpose Reset { get; } = new("reset", TimeSpan.FromHours(1));

    public static TokenPurpose Invitation { get; } = new("invitation", TimeSpan.FromDays(7));
}

/// <summary>Links that let somebody set a password: each works once, and a newer one replaces it.</summary>
public sealed class AccountTokens(Database database, TimeProvider clock)
{
    /// <summary>A token to send; only its hash is stored.</summary>
    public async Task<string> IssueAsync(string accountId, TokenPurpose purpose, DatabaseTransaction transaction)
    {
        var token = Secrets.New();
        var now = clock.GetUtcNow().UtcDateTime;
        await transaction.ExecuteAsync(
            "delete from account_tokens where (account_id = @accountId and purpose = @Name) or expires_utc <= @now",
            new { accountId, purpose.Name, now = InvariantTime.Format(now) });
        await transaction.ExecuteAsync(
            "insert into account_tokens (token_hash, account_id, purpose, expires_utc) values (@hash, @accountId, @Name, @expires)",
            new { hash = Secrets.Hash(token), accountId, purpose.Name, expires = InvariantTime.Format(now + purpose.Lifetime) });
        return token;
    }

    /// <summary>Whose token it is; null when it is unknown, used, replaced or too old. The token stays good: mail programs open links on their own.</summary>
    public Task<string?> OwnerAsync(string token, TokenPurpose purpose) => database.FirstAsync<string>(
        "select account_id from account_tokens where token_hash = @hash and purpose = @Name and expires_utc > @now", Parameters(token, purpose));

    /// <summary>Uses the token up; answers as <see cref="OwnerAsync"/>.</summary>
    public Task<string?> SpendAsync(string token, TokenPurpose purpose, DatabaseTransaction transaction) => transaction.FirstAsync<string>(
        "delete from account_tokens where token_hash = @hash and purpose = @Name and expires_utc > @now returning account_id", Parameters(token, purpose));

    /// <summary>No link that was sent to the account works any more.</summary>
    public Task RevokeAsync(string accountId, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("delete from account_tokens where account_id = @accountId", new { accountId });

    private object Parameters(string token, TokenPurpose purpose) =>
        new { hash = Secrets.Hash(token), purpose.Name, now = InvariantTime.Format(clock.GetUtcNow().UtcDateTime) };
}
