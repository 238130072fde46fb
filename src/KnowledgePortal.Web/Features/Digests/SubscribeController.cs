using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Html;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Digests;

/// <summary>Asking for a digest, and confirming that one asked. Answers do not depend on whether an address is known.</summary>
public sealed class SubscribeController(Subscriptions subscriptions, InterestChoices choices, Letterheads letterheads, DigestSample sample, JobSchedule jobs) : Controller
{
    [HttpGet("/subscribe")]
    public async Task<IActionResult> Index() => View(new SubscribePage(SubscribeForm.Read(Request.Query), await choices.LoadAsync()));

    [HttpPost("/subscribe")]
    public async Task<IActionResult> Ask(IFormCollection typed)
    {
        var list = await choices.LoadAsync();
        if (SubscribeForm.Read(typed).Check(list, needsEmail: true, out var form) is not { } request) return Refuse(new SubscribePage(form, list), StatusCodes.Status422UnprocessableEntity);
        if (!await subscriptions.RequestAsync(request.Address!, request.Frequency, request.Interests, ClientAddress.Of(HttpContext)))
            return Refuse(new SubscribePage(form.With("email", "มีคำขอจากเครือข่ายนี้มากเกินไป โปรดลองใหม่ในหนึ่งชั่วโมง"), list), StatusCodes.Status429TooManyRequests);
        await jobs.RunSoonAsync(DigestJob.Name);
        return this.SeeOther("/subscribe/requested");
    }

    [HttpGet("/subscribe/requested")]
    public IActionResult Requested() => View();

    /// <summary>The mail that the form would bring, made of what is there today.</summary>
    [HttpPost("/subscribe/preview")]
    public async Task<IActionResult> Preview(IFormCollection typed)
    {
        var list = await choices.LoadAsync();
        if (SubscribeForm.Read(typed).Check(list, needsEmail: false, out var form) is not { } request) return Refuse(new SubscribePage(form, list), StatusCodes.Status422UnprocessableEntity);
        return MailPage.Show(Response, await sample.HtmlAsync(request.Frequency, request.Interests));
    }

    [HttpGet("/subscribe/confirm/{secret}")]
    public async Task<IActionResult> Confirm(string secret) => await subscriptions.FindByConfirmationAsync(secret) is { } found
        ? View("Confirm", new SubscriptionPage(found, await NameAsync(found), found.IsActive))
        : Expired();

    [HttpPost("/subscribe/confirm/{secret}")]
    public async Task<IActionResult> Start(string secret)
    {
        if (!await subscriptions.ConfirmAsync(secret) || await subscriptions.FindByConfirmationAsync(secret) is not { } found) return Expired();
        return View("Confirm", new SubscriptionPage(found, await NameAsync(found), IsDone: true));
    }

    private ViewResult Expired()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("Expired");
    }

    private ViewResult Refuse(SubscribePage page, int status)
    {
        Response.StatusCode = status;
        return View("Index", page);
    }

    private async Task<string> NameAsync(Subscription subscription) => (await letterheads.LoadAsync()).Names.Full(subscription.Interests);
}
