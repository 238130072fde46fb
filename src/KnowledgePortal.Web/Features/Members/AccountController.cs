using System.ComponentModel.DataAnnotations;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

public sealed record ChangePasswordInput
{
    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? CurrentPassword { get; init; }

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? NewPassword { get; init; }

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? Repeated { get; init; }
}

/// <summary>Somebody's own account, and the browsers in which they are signed in.</summary>
public sealed record AccountPage(Account Account, string DisplayName, IReadOnlyList<AccountSession> Sessions, string CurrentSession, bool MayManageUsers, string? Done);

/// <summary>One's own account.</summary>
[Requires]
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class AccountController(Database database, Accounts accounts, AccountSessions sessions, PasswordChanges changes, RolePermissions permissions) : Controller
{
    [HttpGet("/account")]
    public async Task<IActionResult> Index(string? done) => await PageAsync(await MineAsync(), done: done);

    [HttpPost("/account/name")]
    public async Task<IActionResult> Rename(string? displayName)
    {
        var mine = await MineAsync();
        var (name, problem) = PersonName.Read(displayName);
        if (problem is not null)
        {
            ModelState.AddModelError("DisplayName", problem);
            return await PageAsync(mine, displayName: displayName ?? "");
        }
        await using var transaction = await database.BeginAsync();
        await accounts.RenameAsync(mine, name, User.ToActor(), transaction);
        await transaction.CommitAsync();
        return this.SeeOther("/account?done=name");
    }

    [HttpPost("/account/password")]
    public async Task<IActionResult> ChangePassword(ChangePasswordInput input)
    {
        var mine = await MineAsync();
        if (await changes.ChangeAsync(mine, input, User.SessionKey()!) is not ({ } field, { } problem)) return this.SeeOther("/account?done=password");
        ModelState.AddModelError(field, problem);
        return await PageAsync(mine);
    }

    /// <summary>Ends every session, this one included.</summary>
    [HttpPost("/account/sessions")]
    public async Task<IActionResult> SignOutEverywhere()
    {
        var mine = await MineAsync();
        await using var transaction = await database.BeginAsync();
        await sessions.EndAllAsync(mine.AccountId, transaction);
        await accounts.RecordAsync("account.sign-out-everywhere", mine, User.ToActor(), transaction);
        await transaction.CommitAsync();
        await HttpContext.SignOutAsync(PortalCookie.Scheme);
        return this.SeeOther("/login?done=everywhere");
    }

    private async Task<Account> MineAsync() => (await accounts.FindAsync(User.AccountId()!))!; // the cookie was checked against it in this request

    private async Task<IActionResult> PageAsync(Account mine, string? displayName = null, string? done = null)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        var open = await sessions.OfAsync(mine.AccountId, mine.IsAdministrator);
        var mayManage = await permissions.HasAsync(User.ToVisitor(), PeopleController.Permission);
        return View("Index", new AccountPage(mine, displayName ?? mine.DisplayName, open, Secrets.Hash(User.SessionKey()!), mayManage, done));
    }
}
