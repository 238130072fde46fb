using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>What a link from a mail can be: the account it is for and the page it belongs to.</summary>
public sealed record PasswordLink(Account Account, string Token, TokenPurpose Purpose);

/// <summary>Setting a password by a link from a mail, and signing in with it.</summary>
public sealed class PasswordLinks(Database database, Accounts accounts, AccountTokens tokens, SignIns signIns, Attempts attempts)
{
    /// <summary>Null for a link that is forged, used, replaced, too old, or of a disabled account.</summary>
    public async Task<PasswordLink?> FindAsync(string? token, TokenPurpose purpose)
    {
        if (string.IsNullOrEmpty(token) || await tokens.OwnerAsync(token, purpose) is not { } owner) return null;
        return await accounts.FindAsync(owner) is { IsEnabled: true } account ? new PasswordLink(account, token, purpose) : null;
    }

    /// <summary>Sets the password, ends all sessions and begins one; null when the link was used meanwhile.</summary>
    public async Task<string?> UseAsync(PasswordLink link, string hash, SignInOrigin origin)
    {
        await using var transaction = await database.BeginAsync();
        if (await tokens.SpendAsync(link.Token, link.Purpose, transaction) is null) return null;
        var action = link.Purpose == TokenPurpose.Reset ? "account.password-reset" : "account.accept-invitation";
        await accounts.SetPasswordAsync(link.Account, hash, action, new Actor(link.Account.UserName), transaction);
        await attempts.ForgetAsync(AttemptLimit.SignInOfAccount, link.Account.UserName, transaction);
        var key = await signIns.StartAsync(link.Account, origin, transaction);
        await transaction.CommitAsync();
        return key;
    }
}
