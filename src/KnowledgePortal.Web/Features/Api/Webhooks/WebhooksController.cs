using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Webhooks;

public sealed record WebhookInput
{
    public string? Address { get; init; }
    public string[]? Events { get; init; }
    public string[]? Types { get; init; }
    public string? TellsAll { get; init; }
}

/// <summary>The addresses with their last deliveries; <paramref name="Secret"/> is there once, right after one was added.</summary>
public sealed record WebhooksPage(IReadOnlyList<(Webhook Hook, IReadOnlyList<WebhookDelivery> Latest)> Hooks, IReadOnlyList<ContentTypeDefinition> Types, WebhookInput Input, string? Secret, string? Done);

/// <summary>Whom the site tells what happens to content.</summary>
[Requires("ManageSettings")]
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class WebhooksController(Database database, Webhooks webhooks, WebhookQueue queue, WebhookRound round, WebhookForms forms) : Controller
{
    private const int Shown = 5;

    [HttpGet("/admin/webhooks")]
    public Task<IActionResult> Index(string? done) => PageAsync(WebhookForms.Empty, done: done);

    /// <summary>Answers with the page itself: the secret stands in no address and in no store.</summary>
    [HttpPost("/admin/webhooks")]
    public async Task<IActionResult> Add(WebhookInput input)
    {
        foreach (var (field, problem) in await forms.CheckAsync(input)) ModelState.AddModelError(field, problem);
        if (!ModelState.IsValid) return await PageAsync(input);
        return await PageAsync(WebhookForms.Empty, await webhooks.AddAsync(input.Address!.Trim(), input.Events!, input.Types ?? [], input.TellsAll == "true", User.ToActor()));
    }

    /// <summary>Sends something at once and shows the answer in the log.</summary>
    [HttpPost("/admin/webhooks/{id}/test")]
    public async Task<IActionResult> Test([FromRoute] string id)
    {
        if (await webhooks.FindAsync(id) is not { IsPaused: false } hook) return NotFound();
        await using (var transaction = await database.BeginAsync())
        {
            await WebhookQueue.AddAsync(hook.WebhookId, WebhookEvents.Test, "ทดสอบ", new JsonObject(), forms.Now, transaction);
            await transaction.CommitAsync();
        }
        await round.RunAsync(hook.WebhookId, HttpContext.RequestAborted);
        return this.SeeOther("/admin/webhooks?done=tested");
    }

    [HttpPost("/admin/webhooks/{id}/pause")]
    public Task<IActionResult> Pause([FromRoute] string id) => ChangeAsync(id, "paused", (hook, transaction) => webhooks.PauseAsync(hook, true, User.ToActor(), transaction));

    [HttpPost("/admin/webhooks/{id}/resume")]
    public Task<IActionResult> Resume([FromRoute] string id) => ChangeAsync(id, "resumed", (hook, transaction) => webhooks.PauseAsync(hook, false, User.ToActor(), transaction));

    [HttpPost("/admin/webhooks/{id}/removal")]
    public Task<IActionResult> Remove([FromRoute] string id) => ChangeAsync(id, "removed", (hook, transaction) => webhooks.RemoveAsync(hook, User.ToActor(), transaction));

    private async Task<IActionResult> ChangeAsync(string id, string done, Func<Webhook, DatabaseTransaction, Task> change)
    {
        if (await webhooks.FindAsync(id) is not { } hook) return NotFound();
        await using var transaction = await database.BeginAsync();
        await change(hook, transaction);
        await transaction.CommitAsync();
        return this.SeeOther($"/admin/webhooks?done={done}");
    }

    private async Task<IActionResult> PageAsync(WebhookInput input, string? secret = null, string? done = null)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        var hooks = new List<(Webhook, IReadOnlyList<WebhookDelivery>)>();
        foreach (var hook in await webhooks.AllAsync()) hooks.Add((hook, await queue.LatestAsync(hook.WebhookId, Shown)));
        return View("Index", new WebhooksPage(hooks, await forms.TypesAsync(), input, secret, done));
    }
}

/// <summary>What may be asked for in the form of a webhook.</summary>
public sealed class WebhookForms(ContentDefinitions definitions, WebhookSender sender, Webhooks webhooks, TimeProvider clock)
{
    private const int LongestAddress = 500;

    public static WebhookInput Empty { get; } = new() { Events = [WebhookEvents.Published, WebhookEvents.Unpublished] };

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<ContentTypeDefinition>> TypesAsync() => [.. (await definitions.AllAsync()).Values.Where(t => t.IsCreatable)];

    public async Task<IReadOnlyList<(string Field, string Problem)>> CheckAsync(WebhookInput input)
    {
        var problems = new List<(string, string)>();
        var address = input.Address?.Trim() ?? "";
        if (address.Length is 0 or > LongestAddress) problems.Add(("Address", $"กรอกที่อยู่ ไม่เกิน {LongestAddress} ตัวอักษร"));
        else if (sender.Refusal(address) is { } refusal) problems.Add(("Address", refusal));
        if (input.Events is not { Length: > 0 } || input.Events.Except(WebhookEvents.All.Select(e => e.Name)).Any()) problems.Add(("Events", "เลือกอย่างน้อยหนึ่งเหตุการณ์"));
        if ((input.Types ?? []).Except((await TypesAsync()).Select(t => t.Name)).Any()) problems.Add(("Types", "เลือกชนิดจากรายการ"));
        if ((await webhooks.AllAsync()).Count >= Webhooks.Most) problems.Add(("", $"มีได้ไม่เกิน {Webhooks.Most} ที่อยู่"));
        return problems;
    }
}
