using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>
/// The end of one subscription. Opening the address only shows it, because scanners open every link of a mail. The post needs no cookie and no form token:
/// a mail program sends it (RFC 8058), and the key in the address is the proof.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeController(Subscriptions subscriptions, Letterheads letterheads) : Controller
{
    [HttpGet("/unsubscribe/{token}")]
    public async Task<IActionResult> Show(string token) => await PageAsync(token);

    // One click of a mail service on behalf of its many users: they share its address.
    [HttpPost("/unsubscribe/{token}"), DisableRateLimiting]
    public async Task<IActionResult> Stop(string token) => await subscriptions.StopAsync(token) ? await PageAsync(token) : NotFound();

    private async Task<IActionResult> PageAsync(string token)
    {
        if (await subscriptions.FindAsync(token) is not { } found) return NotFound();
        return View("Show", new SubscriptionPage(found, (await letterheads.LoadAsync()).Names.Full(found.Interests), IsDone: !found.IsActive));
    }
}
