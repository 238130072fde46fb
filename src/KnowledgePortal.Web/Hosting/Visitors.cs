using System.Security.Claims;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Hosting;

/// <summary>The signed-in person as the kernel's permissions and audit trail know him.</summary>
public static class Visitors
{
    public static Visitor Of(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
        ? new Visitor(name, [.. user.FindAll(ClaimTypes.Role).Select(c => c.Value)])
        : Visitor.Anonymous;

    /// <exception cref="InvalidOperationException">Nobody is signed in: a right was not asked for.</exception>
    public static Actor Actor(this Visitor visitor) => new(visitor.Name ?? throw new InvalidOperationException("nobody is signed in"));
}
