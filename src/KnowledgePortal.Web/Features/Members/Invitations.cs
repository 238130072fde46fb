using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>An invitation that was made: the account, and the token of the link that sets its first password.</summary>
public sealed record Invitation(Account Account, string Token);

/// <summary>Adds people by a link that sets their first password.</summary>
public sealed class Invitations(Database database, Accounts accounts, AccountTokens tokens)
{
    /// <summary>Null when the address has an account already.</summary>
    public async Task<Invitation?> InviteAsync(NewAccount person, Actor actor)
    {
        await using var transaction = await database.BeginAsync();
        if (await accounts.AddAsync(person, "account.invite", actor, transaction) is not { } account) return null;
        var token = await tokens.IssueAsync(account.AccountId, TokenPurpose.Invitation, transaction);
        await transaction.CommitAsync();
        return new Invitation(account, token);
    }

    /// <summary>A new link; the one before stops working.</summary>
    public async Task<string> RenewAsync(Account account, Actor actor)
    {
        await using var transaction = await database.BeginAsync();
        var token = await tokens.IssueAsync(account.AccountId, TokenPurpose.Invitation, transaction);
        await accounts.RecordAsync("account.invite", account, actor, transaction);
        await transaction.CommitAsync();
        return token;
    }
}
