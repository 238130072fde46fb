using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>
/// Items as they are answered: Orchard's envelope. Readers are not told who works on an item: owner and author are e-mail addresses, so they are null
/// for whoever may not see its drafts.
/// </summary>
public sealed class ContentEntries(ContentSight sight, RolePermissions permissions, ReadersJson readers)
{
    private const int HashCharacters = 12;

    public async Task<JsonObject> OfAsync(ClaimsPrincipal user, ContentItem item)
    {
        if (await sight.MayAsync(user, ContentAction.Preview, item)) return ContentItemJson.Write(item);
        return await readers.OfAsync(item, await permissions.ViewersAsync(user.ToVisitor()));
    }

    /// <summary>The item with its tag; 304 when the caller has it.</summary>
    public async Task<IActionResult> AnswerAsync(Controller controller, ContentItem item, int status = StatusCodes.Status200OK)
    {
        var json = (await OfAsync(controller.User, item)).ToJsonString(JsonText.Options);
        var tag = Tag(item, json);
        controller.Response.Headers.ETag = tag;
        if (controller.User.Identity?.IsAuthenticated != true) controller.Response.Headers.CacheControl = "public, no-cache";
        if (status == StatusCodes.Status200OK && HttpMethods.IsGet(controller.Request.Method) && Preconditions.HasCurrent(controller.Request, tag)) return controller.StatusCode(StatusCodes.Status304NotModified);
        return new ContentResult { Content = json, ContentType = "application/json; charset=utf-8", StatusCode = status };
    }

    /// <summary>The tag that a caller who may change the item was given.</summary>
    public static string Tag(ContentItem item) => Tag(item, ContentItemJson.Write(item).ToJsonString(JsonText.Options));

    // The version's id, and a hash because publishing changes the flags of a version and an import may merge into one.
    private static string Tag(ContentItem item, string json) =>
        $"\"{item.ContentItemVersionId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..HashCharacters]}\"";
}

/// <summary>Reads <c>If-Match</c> and <c>If-None-Match</c>.</summary>
public static class Preconditions
{
    /// <summary>Whether the caller names this version, or any.</summary>
    public static bool Holds(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfMatch.Any(m => m.Tag == "*" || !m.IsWeak && m.Tag == tag);

    public static bool HasAny(HttpRequest request) => request.Headers.IfMatch.Count > 0;

    internal static bool HasCurrent(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(m => m.Tag == "*" || m.Tag == tag);
}
