using KnowledgePortal.Web.Features.Members;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Changing one subscription, for who has the key of its mails.</summary>
public sealed class SubscriptionsController(Subscriptions subscriptions, InterestChoices choices) : Controller
{
    private const string Saved = "saved";

    [HttpGet("/subscription/{token}")]
    public async Task<IActionResult> Edit(string token)
    {
        if (await subscriptions.FindAsync(token) is not { IsActive: true } found) return NotFound();
        var list = await choices.LoadAsync();
        ViewData["Saved"] = Request.Query.ContainsKey(Saved);
        return View(new SubscribePage(SubscribeForm.Of(found, list), list, token));
    }

    [HttpPost("/subscription/{token}")]
    public async Task<IActionResult> Edit(string token, IFormCollection typed)
    {
        if (await subscriptions.FindAsync(token) is not { IsActive: true } found) return NotFound();
        var list = await choices.LoadAsync();
        var filled = SubscribeForm.Read(typed) with { Email = found.Address };
        if (filled.Check(list, needsEmail: false, out var form) is { } request)
        {
            if (await subscriptions.ChangeAsync(found, request.Frequency, request.Interests) == ChangeOutcome.Changed)
                return this.SeeOther($"/{DigestPaths.Manage(token)}?{Saved}");
            form = form.With("frequency", "ท่านรับรายการนี้อยู่แล้ว เลือกหัวข้อ จังหวัด หรือความถี่อื่น");
        }
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(new SubscribePage(form, list, token));
    }
}
