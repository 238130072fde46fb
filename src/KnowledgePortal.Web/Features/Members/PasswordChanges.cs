using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Changing one's own password. It signs every other browser out.</summary>
public sealed class PasswordChanges(Database database, Accounts accounts, Attempts attempts, Passwords passwords)
{
    /// <summary>The field that is wrong and why; null when the password is changed.</summary>
    public async Task<(string Field, string Problem)?> ChangeAsync(Account account, ChangePasswordInput input, string sessionKey)
    {
        var wanted = new NewPasswordInput { NewPassword = input.NewPassword, Repeated = input.Repeated };
        if (string.IsNullOrEmpty(input.CurrentPassword)) return (nameof(input.CurrentPassword), "ยังไม่ได้ใส่รหัสผ่านปัจจุบัน");
        foreach (var problem in wanted.Problems(account.UserName)) return problem;
        if (await IsTriedTooOftenAsync(account)) return (nameof(input.CurrentPassword), "ลองผิดหลายครั้งเกินไป ลองใหม่ใน 15 นาที");
        if (passwords.Verify(await accounts.PasswordHashAsync(account.AccountId), input.CurrentPassword) == PasswordVerdict.Wrong)
            return (nameof(input.CurrentPassword), "รหัสผ่านปัจจุบันไม่ถูกต้อง");

        var hash = passwords.Hash(input.NewPassword!);
        await using var transaction = await database.BeginAsync();
        await attempts.ForgetAsync(AttemptLimit.CurrentPassword, account.AccountId, transaction);
        await accounts.SetPasswordAsync(account, hash, "account.password-change", new Actor(account.UserName), transaction, exceptSession: sessionKey);
        await transaction.CommitAsync();
        return null;
    }

    // A borrowed browser must not be a place to guess the password in peace.
    private async Task<bool> IsTriedTooOftenAsync(Account account)
    {
        await using var transaction = await database.BeginAsync();
        var attempt = await attempts.TakeAsync(AttemptLimit.CurrentPassword, account.AccountId, transaction);
        await transaction.CommitAsync();
        return attempt.IsRefused;
    }
}
