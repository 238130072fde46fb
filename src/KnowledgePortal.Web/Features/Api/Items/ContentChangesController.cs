using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Items made, changed, published, withdrawn and removed.</summary>
[IgnoreAntiforgeryToken] // ApiPipeline asks for the token, or for a key
public sealed class ContentChangesController(ContentSight sight, ContentEntries entries, ContentWriter writer, ContentStates states) : Controller
{
    [HttpPost("/api/v1/content")]
    public async Task<IActionResult> Create([FromQuery] string? publish)
    {
        ContentSight.RequireScope(User, ApiScopes.Write);
        var stored = await writer.CreateAsync(User, await JsonBody.ReadAsync(Request, JsonBody.Json), Flag(publish));
        Response.Headers.Location = $"/api/v1/content/{stored.ContentItemId}";
        return await entries.AnswerAsync(this, stored, StatusCodes.Status201Created);
    }

    [HttpPut("/api/v1/content/{handle}")]
    public async Task<IActionResult> Replace(string handle, [FromQuery] string? publish)
    {
        var before = await TakeAsync(handle, ContentAction.Edit, ApiScopes.Write);
        return await StoreAsync(before, await JsonBody.ReadAsync(Request, JsonBody.Json), Flag(publish));
    }

    [HttpPatch("/api/v1/content/{handle}")]
    public async Task<IActionResult> Patch(string handle, [FromQuery] string? publish)
    {
        Response.Headers["Accept-Patch"] = JsonBody.MergePatch;
        var before = await TakeAsync(handle, ContentAction.Edit, ApiScopes.Write);
        var patch = await JsonBody.ReadAsync(Request, JsonBody.MergePatch);
        if (Envelope.Check(patch, before).ToList() is { Count: > 0 } faults) throw ContentWriter.Invalid(faults);
        return await StoreAsync(before, MergePatch.Apply(ContentItemJson.Write(before), patch), Flag(publish));
    }

    [HttpDelete("/api/v1/content/{handle}")]
    public async Task<IActionResult> Remove(string handle)
    {
        var item = await TakeAsync(handle, ContentAction.Delete, ApiScopes.Delete);
        await states.RemoveAsync(User, item);
        return NoContent();
    }

    /// <summary>Makes the latest version the one that readers see.</summary>
    [HttpPost("/api/v1/content/{handle}/publication")]
    public async Task<IActionResult> Publish(string handle)
    {
        ContentSight.RequireScope(User, ApiScopes.Publish);
        var item = await sight.TakeAsync(User, handle, ContentAction.Publish);
        ContentSight.RequireScope(User, ApiScopes.Publish, item.ContentType);
        CheckVersion(item);
        return await entries.AnswerAsync(this, await states.PublishAsync(User, item));
    }

    [HttpDelete("/api/v1/content/{handle}/publication")]
    public async Task<IActionResult> Withdraw(string handle)
    {
        ContentSight.RequireScope(User, ApiScopes.Publish);
        var item = await sight.TakeAsync(User, handle, ContentAction.Publish);
        ContentSight.RequireScope(User, ApiScopes.Publish, item.ContentType);
        CheckVersion(item);
        await states.WithdrawAsync(User, item);
        return NoContent();
    }

    /// <summary>Without this the site's pages would answer for it.</summary>
    [AcceptVerbs("GET", "HEAD", "PUT", "PATCH", Route = "/api/v1/content/{handle}/publication")]
    [ApiExplorerSettings(IgnoreApi = true)]
    public IActionResult NoSuchMethod()
    {
        Response.Headers.Allow = "POST, DELETE";
        return new ApiProblem(ProblemKind.Method);
    }

    // Who changes an item says which version he has seen; somebody else's work is never written over.
    private async Task<ContentItem> TakeAsync(string handle, ContentAction action, string scope)
    {
        ContentSight.RequireScope(User, scope);
        var item = await sight.TakeAsync(User, handle, action);
        ContentSight.RequireScope(User, scope, item.ContentType);
        if (!Preconditions.HasAny(Request)) throw new ApiRefusal(new ApiProblem(ProblemKind.NoPrecondition));
        CheckVersion(item);
        return item;
    }

    private void CheckVersion(ContentItem item)
    {
        if (Preconditions.HasAny(Request) && !Preconditions.Holds(Request, ContentEntries.Tag(item))) throw new ApiRefusal(new ApiProblem(ProblemKind.Stale));
    }

    private async Task<IActionResult> StoreAsync(ContentItem before, JsonObject sent, bool publish) =>
        await entries.AnswerAsync(this, await writer.UpdateAsync(User, before, sent, publish));

    private static bool Flag(string? publish) => publish switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new ApiRefusal(new ApiProblem(ProblemKind.Malformed, null, new FieldFault("publish", new("ใช้ true หรือ false", "is true or false")))),
    };
}
