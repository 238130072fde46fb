using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>The accounts and what is stored of them. Every change is made in the caller's transaction with its line in the audit trail.</summary>
public sealed class Accounts(Database database, AuditTrail audit, AccountSessions sessions, AccountTokens tokens, TimeProvider clock)
{
    public const string Columns =
        "a.account_id, a.user_name, a.display_name, a.is_enabled, a.password_hash is not null as has_password, a.created_utc, a.signed_in_utc, "
        + "coalesce((select group_concat(role, '\n') from account_roles r where r.account_id = a.account_id), '') as role_lines, "
        + "coalesce((select group_concat(view_group, '\n') from account_groups g where g.account_id = a.account_id), '') as group_lines";

    public Task<Account?> FindAsync(string accountId) =>
        database.FirstAsync<Account>($"select {Columns} from accounts a where a.account_id = @accountId", new { accountId });

    public Task<Account?> FindByNameAsync(string userName) =>
        database.FirstAsync<Account>($"select {Columns} from accounts a where a.user_name = @userName", new { userName });

    /// <summary>Those whose name or address holds the words, by address.</summary>
    public Task<IReadOnlyList<Account>> SearchAsync(string words, int skip, int top) => database.QueryAsync<Account>(
        $"""
        select {Columns} from accounts a where instr(a.user_name, lower(@words)) > 0 or instr(lower(a.display_name), lower(@words)) > 0
        order by a.user_name limit @top offset @skip
        """,
        new { words, skip, top });

    public Task<long> CountAsync(string words) => database.FirstAsync<long>(
        "select count(*) from accounts where instr(user_name, lower(@words)) > 0 or instr(lower(display_name), lower(@words)) > 0", new { words });

    public Task<string?> PasswordHashAsync(string accountId) =>
        database.FirstAsync<string>("select password_hash from accounts where account_id = @accountId", new { accountId });

    /// <summary>Adds an account; null when the address has one already.</summary>
    public async Task<Account?> AddAsync(NewAccount person, string action, Actor actor, DatabaseTransaction transaction)
    {
        var id = ContentIds.New();
        var added = await transaction.ExecuteAsync(
            """
            insert into accounts (account_id, user_name, display_name, password_hash, is_enabled, created_utc) values (@id, @UserName, @DisplayName, @PasswordHash, 1, @now)
            on conflict (user_name) do nothing
            """,
            new { id, person.UserName, person.DisplayName, person.PasswordHash, now = Now });
        if (added == 0) return null;
        await WriteRolesAsync(id, person.Roles, transaction);
        var account = (await ReadAsync(id, transaction))!;
        await RecordAsync(action, account, actor, transaction, Join(person.Roles));
        return account;
    }

    /// <summary>Sets the password and lets go of what the old one had opened: sessions, and links that set a password.</summary>
    public async Task SetPasswordAsync(Account account, string hash, string action, Actor actor, DatabaseTransaction transaction, string? exceptSession = null)
    {
        await transaction.ExecuteAsync("update accounts set password_hash = @hash where account_id = @AccountId", new { hash, account.AccountId });
        await sessions.EndAllAsync(account.AccountId, transaction, exceptSession);
        await tokens.RevokeAsync(account.AccountId, transaction);
        await RecordAsync(action, account, actor, transaction);
    }

    public async Task RenameAsync(Account account, string displayName, Actor actor, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("update accounts set display_name = @displayName where account_id = @AccountId", new { displayName, account.AccountId });
        await RecordAsync("account.rename", account with { DisplayName = displayName }, actor, transaction, $"{account.DisplayName} → {displayName}");
    }

    public async Task SetRolesAsync(Account account, IReadOnlyCollection<string> roles, Actor actor, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("delete from account_roles where account_id = @AccountId", new { account.AccountId });
        await WriteRolesAsync(account.AccountId, roles, transaction);
        await RecordAsync("account.roles", account, actor, transaction, $"{Join(account.Roles)} → {Join(roles)}");
    }

    /// <summary>Sets what the person belongs to; counts from the person's next request on.</summary>
    public async Task SetMembershipsAsync(Account account, IReadOnlyCollection<string> groups, Actor actor, DatabaseTransaction transaction)
    {
        if (groups.ToHashSet().SetEquals(account.Memberships)) return;
        await transaction.ExecuteAsync("delete from account_groups where account_id = @AccountId", new { account.AccountId });
        foreach (var group in groups.Distinct())
            await transaction.ExecuteAsync("insert into account_groups (account_id, view_group) values (@AccountId, @group)", new { account.AccountId, group });
        await RecordAsync("account.groups", account, actor, transaction, $"{Join(account.Memberships)} → {Join(groups)}");
    }

    /// <summary>A disabled person is refused from the next request on.</summary>
    public async Task SetEnabledAsync(Account account, bool isEnabled, Actor actor, DatabaseTransaction transaction)
    {
        await transaction.ExecuteAsync("update accounts set is_enabled = @isEnabled where account_id = @AccountId", new { isEnabled, account.AccountId });
        await sessions.EndAllAsync(account.AccountId, transaction);
        await tokens.RevokeAsync(account.AccountId, transaction);
        await RecordAsync(isEnabled ? "account.enable" : "account.disable", account, actor, transaction);
    }

    public Task NoteSignInAsync(Account account, DatabaseTransaction transaction) =>
        transaction.ExecuteAsync("update accounts set signed_in_utc = @now where account_id = @AccountId", new { now = Now, account.AccountId });

    /// <summary>A line in the audit trail about the account.</summary>
    public Task RecordAsync(string action, Account account, Actor actor, DatabaseTransaction transaction, string detail = "") =>
        audit.RecordAsync(transaction, actor, action, "Account", account.AccountId, account.UserName, detail);

    private string Now => InvariantTime.Format(clock.GetUtcNow().UtcDateTime);

    private static string Join(IReadOnlyCollection<string> roles) => roles.Count == 0 ? "–" : string.Join(", ", roles.Order(StringComparer.Ordinal));

    private static Task<Account?> ReadAsync(string accountId, DatabaseTransaction transaction) =>
        transaction.FirstAsync<Account>($"select {Columns} from accounts a where a.account_id = @accountId", new { accountId });

    private static async Task WriteRolesAsync(string accountId, IEnumerable<string> roles, DatabaseTransaction transaction)
    {
        foreach (var role in roles.Distinct())
            await transaction.ExecuteAsync("insert into account_roles (account_id, role) values (@accountId, @role)", new { accountId, role });
    }
}

/// <summary>Somebody to add; without a hash the account waits for its first password.</summary>
public sealed record NewAccount(string UserName, string DisplayName, IReadOnlyCollection<string> Roles, string? PasswordHash = null);
