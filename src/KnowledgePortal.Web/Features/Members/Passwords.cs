using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KnowledgePortal.Web.Features.Members;

public enum PasswordVerdict
{
    Wrong,
    Right,

    /// <summary>Right, and stored with fewer rounds than are made today.</summary>
    RightButWeak,
}

/// <summary>Hashes and checks passwords: PBKDF2 with HMAC-SHA512 in the format of ASP.NET Core Identity.</summary>
public sealed class Passwords
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA512.</summary>
    public const int Rounds = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new Lazy<string>(() => Hash(Secrets.New()));

    public string Hash(string password) => _hasher.HashPassword(null!, Composed(password));

    /// <summary>Takes as long without a hash as with one: the time must not tell whether an account is there.</summary>
    public PasswordVerdict Verify(string? hash, string password)
    {
        if (PasswordRules.IsImpossible(password)) return PasswordVerdict.Wrong;
        var result = _hasher.VerifyHashedPassword(null!, hash ?? _nobodys.Value, Composed(password));
        if (hash is null) return PasswordVerdict.Wrong;
        return result switch
        {
            PasswordVerificationResult.Success => PasswordVerdict.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordVerdict.RightButWeak,
            _ => PasswordVerdict.Wrong,
        };
    }

    // Keyboards differ in the order and composition of the same Thai letters (ำ is one character or two): NFKC makes them one.
    private static string Composed(string password) =>
        password.IsNormalized(NormalizationForm.FormKC) ? password : password.Normalize(NormalizationForm.FormKC);
}
