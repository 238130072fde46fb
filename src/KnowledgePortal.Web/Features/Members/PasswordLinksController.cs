using System.ComponentModel.DataAnnotations;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>A password typed twice.</summary>
public sealed record NewPasswordInput
{
    public string? Token { get; init; }

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? NewPassword { get; init; }

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? Repeated { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IEnumerable<(string Field, string Problem)> Problems(string userName)
    {
        if (PasswordRules.Problem(NewPassword, userName) is { } problem) yield return (nameof(NewPassword), problem);
        else if (Repeated != NewPassword) yield return (nameof(Repeated), "รหัสผ่านสองช่องไม่ตรงกัน");
    }
}

/// <summary>The page that a link by mail leads to. Opening it changes nothing: mail programs open links on their own.</summary>
public sealed record PasswordLinkPage(string Token, string UserName, string DisplayName, bool IsInvitation);

/// <summary>Setting a password by a link: the first one, and a forgotten one.</summary>
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class PasswordLinksController(PasswordLinks links, Passwords passwords) : Controller
{
    [HttpGet("/accept-invitation")]
    public Task<IActionResult> Invitation(string? token) => ShowAsync(token, TokenPurpose.Invitation);

    [HttpPost("/accept-invitation")]
    public Task<IActionResult> Accept(NewPasswordInput input) => SetAsync(input, TokenPurpose.Invitation);

    [HttpGet("/reset-password")]
    public Task<IActionResult> Reset(string? token) => ShowAsync(token, TokenPurpose.Reset);

    [HttpPost("/reset-password")]
    public Task<IActionResult> SetNew(NewPasswordInput input) => SetAsync(input, TokenPurpose.Reset);

    private async Task<IActionResult> ShowAsync(string? token, TokenPurpose purpose) =>
        await links.FindAsync(token, purpose) is { } link ? Form(link) : Dead(purpose);

    private async Task<IActionResult> SetAsync(NewPasswordInput input, TokenPurpose purpose)
    {
        if (await links.FindAsync(input.Token, purpose) is not { } link) return Dead(purpose);
        foreach (var (field, problem) in input.Problems(link.Account.UserName)) ModelState.AddModelError(field, problem);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Form(link);
        }
        if (await links.UseAsync(link, passwords.Hash(input.NewPassword!), SignInOrigin.Of(HttpContext)) is not { } key) return Dead(purpose);
        await PortalCookie.SignInAsync(HttpContext, link.Account, key);
        return this.SeeOther("/account?done=password-set");
    }

    private ViewResult Form(PasswordLink link)
    {
        HideAddress();
        return View("Form", new PasswordLinkPage(link.Token, link.Account.UserName, link.Account.DisplayName, link.Purpose == TokenPurpose.Invitation));
    }

    private ViewResult Dead(TokenPurpose purpose)
    {
        HideAddress();
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("Dead", purpose == TokenPurpose.Invitation);
    }

    // The address holds the key: it must not travel on in a Referer.
    private void HideAddress() => Response.Headers["Referrer-Policy"] = "no-referrer";
}
