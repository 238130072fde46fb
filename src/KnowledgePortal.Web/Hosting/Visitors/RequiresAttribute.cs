using KnowledgePortal.Cms.Permissions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace KnowledgePortal.Web.Hosting.Visitors;

/// <summary>
/// Lets in who is signed in and holds the permission, if one is named. Nobody signed in is sent to <c>/login</c>; who lacks the permission is told that
/// there is no such page, so that addresses give nothing away.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(string? permission = null) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>After the antiforgery filter (1000): a form without its token is refused whoever sends it.</summary>
    public int Order => 2000;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var visitor = context.HttpContext.User.ToVisitor();
        if (visitor.Name is null) context.Result = new ChallengeResult();
        else if (permission is not null && !await Permissions(context).HasAsync(visitor, permission)) context.Result = new NotFoundResult();
    }

    private static RolePermissions Permissions(AuthorizationFilterContext context) => context.HttpContext.RequestServices.GetRequiredService<RolePermissions>();
}
