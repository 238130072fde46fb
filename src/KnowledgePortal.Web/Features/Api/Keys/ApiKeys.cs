using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Members;

namespace KnowledgePortal.Web.Features.Api.Keys;

/// <summary>The keys and what becomes of them. Every change stands in the audit trail.</summary>
public sealed class ApiKeys(Database database, AuditTrail audit, TimeProvider clock)
{
    public const string Prefix = "kp_";
    public const int MostOfAccount = 20;
    private const int HintLength = 4;
    private const string Columns =
        "k.key_id, k.account_id, a.user_name, a.display_name, k.name, k.hint, k.scopes, k.content_types, k.created_utc, k.expires_utc, k.used_utc, k.revoked_utc";
    private const string From = "from api_keys k join accounts a on a.account_id = k.account_id";

    // Who sees when a key was last used does not need the second, and a write for every request would be dear.
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(1);

    /// <summary>Makes a key; what is returned beside it is shown once and kept nowhere.</summary>
    public async Task<(ApiKey Key, string Secret)> AddAsync(Account account, NewApiKey asked, Actor actor, DatabaseTransaction transaction)
    {
        var secret = Prefix + Secrets.New();
        var id = ContentIds.New();
        await transaction.ExecuteAsync(
            """
            insert into api_keys (key_id, account_id, name, key_hash, hint, scopes, content_types, created_utc, expires_utc)
            values (@id, @AccountId, @Name, @hash, @hint, @scopes, @types, @now, @expires)
            """,
            new
            {
                id, account.AccountId, asked.Name, hash = Secrets.Hash(secret), hint = secret[^HintLength..], scopes = string.Join(' ', asked.Scopes),
                types = string.Join(' ', asked.ContentTypes), now = Now, expires = asked.ExpiresUtc is { } end ? InvariantTime.Format(end) : null,
            });
        await audit.RecordAsync(transaction, actor, "api-key.create", "ApiKey", id, $"{account.UserName}: {asked.Name}", string.Join(' ', asked.Scopes));
        return ((await transaction.FirstAsync<ApiKey>($"select {Columns} {From} where k.key_id = @id", new { id }))!, secret);
    }

    /// <summary>The key that was sent; null when it is unknown, revoked, too old, or its account is disabled.</summary>
    public async Task<ApiKey?> FindAsync(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var key = await database.FirstAsync<ApiKey>($"select {Columns} {From} where k.key_hash = @hash and a.is_enabled = 1", new { hash = Secrets.Hash(secret) });
        return key?.IsOpenAt(Now) == true ? key : null;
    }

    /// <summary>Notes the use of a key, at most once a minute.</summary>
    public async Task TouchAsync(ApiKey key)
    {
        if (key.UsedUtc is not null && InvariantTime.Parse(key.UsedUtc) + Touch > clock.GetUtcNow().UtcDateTime) return;
        await using var transaction = await database.BeginAsync(isDurable: false);
        await transaction.ExecuteAsync("update api_keys set used_utc = @now where key_id = @KeyId", new { now = Now, key.KeyId });
        await transaction.CommitAsync();
    }

    /// <summary>An account's keys that are not revoked, the newest first.</summary>
    public Task<IReadOnlyList<ApiKey>> OfAsync(string accountId) => database.QueryAsync<ApiKey>(
        $"select {Columns} {From} where k.account_id = @accountId and k.revoked_utc is null order by k.created_utc desc, k.key_id", new { accountId });

    /// <summary>Everybody's keys, those that are open first.</summary>
    public Task<IReadOnlyList<ApiKey>> AllAsync(int skip, int count) => database.QueryAsync<ApiKey>(
        $"select {Columns} {From} order by case when k.revoked_utc is null then 0 else 1 end, k.created_utc desc, k.key_id limit @count offset @skip", new { skip, count });

    public Task<long> CountAsync() => database.FirstAsync<long>("select count(*) from api_keys");

    /// <summary>Ends a key; false when there is none, or it is not the account's.</summary>
    public async Task<bool> RevokeAsync(string keyId, string? accountId, Actor actor, DatabaseTransaction transaction)
    {
        var name = await transaction.FirstAsync<string>(
            "update api_keys set revoked_utc = @now, revoked_by = @Name where key_id = @keyId and revoked_utc is null and (@accountId is null or account_id = @accountId) returning name",
            new { now = Now, actor.Name, keyId, accountId });
        if (name is not null) await audit.RecordAsync(transaction, actor, "api-key.revoke", "ApiKey", keyId, name);
        return name is not null;
    }

    private string Now => InvariantTime.Format(clock.GetUtcNow().UtcDateTime);
}
