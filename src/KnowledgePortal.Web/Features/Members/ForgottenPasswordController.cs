using KnowledgePortal.Cms.Data;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Asking for a link by mail. The answer is the same for every address.</summary>
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class ForgottenPasswordController(Database database, Attempts attempts, ResetRequests requests) : Controller
{
    [HttpGet("/forgot-password")]
    public IActionResult Index() => View("Index", "");

    [HttpPost("/forgot-password")]
    public async Task<IActionResult> Ask(string? email)
    {
        if (EmailAddress.Normalise(email) is not { } userName)
        {
            ModelState.AddModelError("Email", email is null ? "ยังไม่ได้ใส่อีเมล" : "อีเมลนี้เขียนไม่ครบ ตัวอย่าง name@agency.go.th");
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return View("Index", email ?? "");
        }
        if (await MayAskAsync(userName)) requests.Enqueue(userName);
        return View("Asked", userName);
    }

    // Who asks too often gets the same page and no further mail: a mailbox is not flooded through this form.
    private async Task<bool> MayAskAsync(string userName)
    {
        await using var transaction = await database.BeginAsync();
        var ofAccount = await attempts.TakeAsync(AttemptLimit.ResetOfAccount, userName, transaction);
        var fromAddress = await attempts.TakeAsync(AttemptLimit.ResetFromAddress, ClientAddress.Of(HttpContext), transaction);
        if (ofAccount.IsRefused || fromAddress.IsRefused) return false;
        await transaction.CommitAsync();
        return true;
    }
}
