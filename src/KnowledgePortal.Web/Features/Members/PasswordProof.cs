using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>
/// Asks who is signed in for the password once more, before what a borrowed browser must not be enough for. Nor is it a place to guess the password in peace.
/// </summary>
public sealed class PasswordProof(Database database, Accounts accounts, Attempts attempts, Passwords passwords)
{
    /// <summary>What is wrong with what was typed; null when it is the account's password.</summary>
    public async Task<string?> ProblemAsync(Account account, string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return "ยังไม่ได้ใส่รหัสผ่านปัจจุบัน";
        if (await IsTriedTooOftenAsync(account)) return "ลองผิดหลายครั้งเกินไป ลองใหม่ใน 15 นาที";
        if (passwords.Verify(await accounts.PasswordHashAsync(account.AccountId), typed) == PasswordVerdict.Wrong) return "รหัสผ่านปัจจุบันไม่ถูกต้อง";
        await using var transaction = await database.BeginAsync();
        await attempts.ForgetAsync(AttemptLimit.CurrentPassword, account.AccountId, transaction);
        await transaction.CommitAsync();
        return null;
    }

    private async Task<bool> IsTriedTooOftenAsync(Account account)
    {
        await using var transaction = await database.BeginAsync();
        var attempt = await attempts.TakeAsync(AttemptLimit.CurrentPassword, account.AccountId, transaction);
        await transaction.CommitAsync();
        return attempt.IsRefused;
    }
}
