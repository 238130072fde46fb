using System.Security.Claims;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Hosting.Visitors;

/// <summary>What the claims of a signed-in person mean to the kernel and to views.</summary>
public static class VisitorClaims
{
    /// <summary>The name that people are shown; the user name is <see cref="ClaimTypes.Name"/>.</summary>
    public const string DisplayNameClaim = "display_name";

    /// <summary>A community or an agency that the person belongs to, as view groups name it.</summary>
    public const string MembershipClaim = "membership";

    /// <summary>For <see cref="RolePermissions"/>; <see cref="Visitor.Anonymous"/> when nobody is signed in.</summary>
    public static Visitor ToVisitor(this ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { } name }
        ? new Visitor(name, [.. user.FindAll(ClaimTypes.Role).Select(c => c.Value)]) { Memberships = [.. user.FindAll(MembershipClaim).Select(c => c.Value)] }
        : Visitor.Anonymous;

    /// <summary>The tokens by which whoever asks sees published content.</summary>
    public static Task<ViewerTokens> ViewersAsync(this HttpContext context) =>
        context.RequestServices.GetRequiredService<RolePermissions>().ViewersAsync(context.User.ToVisitor());

    /// <summary>For the audit trail.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor ToActor(this ClaimsPrincipal user) =>
        user.ToVisitor().Actor();

    /// <summary>For the audit trail.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor Actor(this Visitor visitor) =>
        new(visitor.Name ?? throw new InvalidOperationException("nobody is signed in"));

    public static string DisplayName(this ClaimsPrincipal user) => user.FindFirstValue(DisplayNameClaim) ?? user.Identity?.Name ?? "";

    public static string? AccountId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier);
}
