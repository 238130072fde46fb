using System.Data.Common;
using System.Globalization;
using System.Security.Claims;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Keys;

/// <summary>Finds the account behind <c>Authorization: Bearer kp_…</c>. A key is looked at whenever one is sent: a cookie beside it counts for nothing.</summary>
public sealed class ApiSignIn(ApiKeys keys, Accounts accounts, Attempts attempts, Database database, TimeProvider clock, ILogger<ApiSignIn> log)
{
    /// <summary>Wide enough for an office behind one address in which somebody has forgotten to renew a key.</summary>
    private static readonly AttemptLimit Wrong = new("api-key/address", 50, TimeSpan.FromMinutes(15));
    private const string Scheme = "Bearer ";

    /// <exception cref="ApiRefusal">The key opens nothing.</exception>
    public async Task AuthenticateAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0) return;
        var sent = context.Request.Headers.Authorization.ToString();
        var key = sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? await keys.FindAsync(sent[Scheme.Length..].Trim()) : null;
        if (key is null || await accounts.FindAsync(key.AccountId) is not { IsEnabled: true } account) throw await RefuseAsync(context);
        context.User = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ApiCallers.KeyClaim, key.KeyId), new Claim(ClaimTypes.NameIdentifier, account.AccountId), new Claim(ClaimTypes.Name, account.UserName),
                new Claim(VisitorClaims.DisplayNameClaim, account.DisplayName),
                .. account.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
                .. account.Memberships.Select(group => new Claim(VisitorClaims.MembershipClaim, group)),
                .. key.ScopeList.Select(scope => new Claim(ApiCallers.ScopeClaim, scope)),
                .. key.TypeList.Select(type => new Claim(ApiCallers.TypeClaim, type)),
            ],
            "ApiKey"));
        await NoteAsync(key);
    }

    // A key is too long to be guessed; the limit keeps a broken program from asking for ever.
    private async Task<ApiRefusal> RefuseAsync(HttpContext context)
    {
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await using var transaction = await database.BeginAsync(isDurable: false);
        var attempt = await attempts.TakeAsync(Wrong, ClientAddress.Of(context), transaction);
        await transaction.CommitAsync();
        if (!attempt.IsRefused) return new ApiRefusal(new ApiProblem(ProblemKind.Unauthenticated, new Phrase("กุญแจนี้ใช้ไม่ได้", "this key opens nothing")));
        var seconds = Math.Max(1, (int)Math.Ceiling((attempt.Until!.Value - clock.GetUtcNow().UtcDateTime).TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ApiRefusal(new ApiProblem(ProblemKind.TooMany, new Phrase("ส่งกุญแจผิดหลายครั้งเกินไป", "too many wrong keys")));
    }

    private async Task NoteAsync(ApiKey key)
    {
        try
        {
            await keys.TouchAsync(key);
        }
        catch (DbException error)
        {
            log.LogWarning(error, "the time of a key's last use was not stored");
        }
    }
}

/// <summary>What a caller may do beyond what his account may: a key narrows, a session does not.</summary>
public static class ApiCallers
{
    internal const string KeyClaim = "api_key";
    internal const string ScopeClaim = "api_scope";
    internal const string TypeClaim = "api_type";

    /// <summary>Null when nobody, or a session, asks.</summary>
    public static string? KeyId(this ClaimsPrincipal user) => user.FindFirstValue(KeyClaim);

    /// <summary>Whether the key, if there is one, covers this with a type.</summary>
    public static bool Covers(this ClaimsPrincipal user, string scope, string contentType) => user.KeyId() is null
        || user.HasClaim(ScopeClaim, scope) && (user.FindFirst(TypeClaim) is null || user.HasClaim(TypeClaim, contentType));

    /// <summary>The types to which the key is narrowed; empty for every type.</summary>
    public static IReadOnlyList<string> NarrowedTypes(this ClaimsPrincipal user) => [.. user.FindAll(TypeClaim).Select(c => c.Value)];

    public static bool HasScope(this ClaimsPrincipal user, string scope) => user.KeyId() is null || user.HasClaim(ScopeClaim, scope);
}
