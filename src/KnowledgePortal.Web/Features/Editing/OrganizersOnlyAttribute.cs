using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The workbench is for people who may edit something: others are asked to sign in, or find nothing. Its pages are never stored.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OrganizersOnlyAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>After the antiforgery filter (1000): a form without its token is refused whoever sends it.</summary>
    public int Order => 2000;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-cache, no-store";
        var visitor = http.User.ToVisitor();
        if (visitor.Name is null) context.Result = await AskAsync(http);
        else if ((await http.RequestServices.GetRequiredService<EditorAccess>().CreatableAsync(visitor)).Count == 0) context.Result = new NotFoundResult();
    }

    private static async Task<IActionResult> AskAsync(HttpContext http) =>
        http.RequestServices.GetService<IAuthenticationSchemeProvider>() is { } schemes && await schemes.GetDefaultChallengeSchemeAsync() is not null
            ? new ChallengeResult() : new NotFoundResult();
}
