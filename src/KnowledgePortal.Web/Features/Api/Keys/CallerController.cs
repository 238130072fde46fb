using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Keys;

/// <summary>Who asks, and what scripts of this site's own pages need to change something with the session's cookie.</summary>
public sealed class CallerController(IAntiforgery antiforgery) : Controller
{
    [HttpGet("/api/v1/session")]
    public IActionResult Session()
    {
        var isKey = User.KeyId() is not null;
        var isSession = !isKey && User.Identity?.IsAuthenticated == true;
        var json = new JsonObject
        {
            ["signedIn"] = isKey || isSession, ["by"] = isKey ? "key" : isSession ? "session" : null, ["name"] = isKey || isSession ? User.DisplayName() : null,
            ["scopes"] = new JsonArray([.. ApiScopes.All.Where(s => (isKey || isSession) && User.HasScope(s.Name)).Select(s => (JsonNode?)s.Name)]),
            ["types"] = new JsonArray([.. User.NarrowedTypes().Select(t => (JsonNode?)t)]),
            ["formToken"] = isSession ? antiforgery.GetAndStoreTokens(HttpContext).RequestToken : null,
        };
        return new ContentResult { Content = json.ToJsonString(JsonText.Options), ContentType = "application/json; charset=utf-8" };
    }
}
