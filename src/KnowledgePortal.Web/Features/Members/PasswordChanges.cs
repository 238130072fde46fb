using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Changing one's own password. It signs every other browser out.</summary>
public sealed class PasswordChanges(Database database, Accounts accounts, PasswordProof proof, Passwords passwords)
{
    /// <summary>The field that is wrong and why; null when the password is changed.</summary>
    public async Task<(string Field, string Problem)?> ChangeAsync(Account account, ChangePasswordInput input, string sessionKey)
    {
        var wanted = new NewPasswordInput { NewPassword = input.NewPassword, Repeated = input.Repeated };
        if (!string.IsNullOrEmpty(input.CurrentPassword))
            foreach (var problem in wanted.Problems(account.UserName)) return problem;
        if (await proof.ProblemAsync(account, input.CurrentPassword) is { } wrong) return (nameof(input.CurrentPassword), wrong);

        var hash = passwords.Hash(input.NewPassword!);
        await using var transaction = await database.BeginAsync();
        await accounts.SetPasswordAsync(account, hash, "account.password-change", new Actor(account.UserName), transaction, exceptSession: sessionKey);
        await transaction.CommitAsync();
        return null;
    }
}
