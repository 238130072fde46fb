using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Items in Orchard's envelope: one, or a page of a list.</summary>
public sealed class ContentController(ContentSight sight, ContentEntries entries, ContentQueries queries) : Controller
{
    [HttpGet("/api/v1/content")]
    public async Task<IActionResult> List()
    {
        var page = await queries.RunAsync(User, Request.Query);
        var found = new JsonArray();
        foreach (var item in page.Items) found.Add(await entries.OfAsync(User, item));
        if (page.Next is { } next) Response.Headers.Link = $"<{next}>; rel=\"next\"";
        if (User.Identity?.IsAuthenticated != true) Response.Headers.CacheControl = "public, no-cache";
        return Json(StatusCodes.Status200OK, new JsonObject { ["items"] = found, ["next"] = page.Next });
    }

    [HttpGet("/api/v1/content/{handle}")]
    public async Task<IActionResult> Get(string handle, string? version) =>
        await entries.AnswerAsync(this, await sight.GetAsync(User, handle, ContentQueries.Version(version)));

    private static ContentResult Json(int status, JsonObject json) =>
        new() { Content = json.ToJsonString(JsonText.Options), ContentType = "application/json; charset=utf-8", StatusCode = status };
}
