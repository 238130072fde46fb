using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Who has an account: list, invite, roles, disable. Accounts of administrators are touched by administrators only, and nobody disables or demotes
/// themselves, so that one administrator always remains.</summary>
[Requires(Permission)]
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class PeopleController(Database database, Accounts accounts, Invitations invitations, AccountMails mails, RoleNames roles, MembershipChoices memberships) : Controller
{
    internal const string Permission = "ManageUsers";
    private const int PageSize = 50;
    private const int LongestWords = 200;

    [HttpGet("/admin/people")]
    public Task<IActionResult> Index(string? q, int page, string? done) => ListAsync(new InviteInput(), q, page, done);

    [HttpPost("/admin/people")]
    public async Task<IActionResult> Invite(InviteInput input)
    {
        var userName = EmailAddress.Normalise(input.Email);
        if (userName is null) ModelState.AddModelError("Email", input.Email is null ? "ยังไม่ได้ใส่อีเมล" : "อีเมลนี้เขียนไม่ครบ ตัวอย่าง name@agency.go.th");
        var (name, problem) = PersonName.Read(input.DisplayName);
        if (problem is not null) ModelState.AddModelError("DisplayName", problem);
        if (await ChosenAsync(input.Roles) is not { } chosen) ModelState.AddModelError("Roles", "เลือกบทบาทจากรายการ");
        else if (ModelState.IsValid)
        {
            if (await invitations.InviteAsync(new NewAccount(userName!, name, chosen), User.ToActor()) is { } invitation)
            {
                return this.SeeOther($"/admin/people?done={await SendAsync(invitation.Account, invitation.Token)}");
            }
            ModelState.AddModelError("Email", "อีเมลนี้มีบัญชีอยู่แล้ว ค้นหาได้ในรายชื่อ");
        }
        return await ListAsync(input, null, 1, null);
    }

    [HttpGet("/admin/people/{accountId}")]
    public async Task<IActionResult> Person(string accountId, string? done) =>
        await FindAsync(accountId) is { } person ? await PersonAsync(person, done) : NotFound();

    [HttpPost("/admin/people/{accountId}/roles")]
    public async Task<IActionResult> SetRoles(string accountId, string[]? names)
    {
        if (await FindAsync(accountId) is not { } person) return NotFound();
        var chosen = await ChosenAsync(names);
        if (chosen is null) ModelState.AddModelError("Names", "เลือกบทบาทจากรายการ");
        else if (IsSelf(person) && person.IsAdministrator && !chosen.Contains(RolePermissions.Administrator))
            ModelState.AddModelError("Names", "ท่านถอนบทบาทผู้ดูแลระบบของตนเองไม่ได้ ให้ผู้ดูแลระบบคนอื่นถอนให้");
        if (!ModelState.IsValid) return await PersonAsync(person, null);
        await using var transaction = await database.BeginAsync();
        await accounts.SetRolesAsync(person, chosen!, User.ToActor(), transaction);
        await transaction.CommitAsync();
        return this.SeeOther($"/admin/people/{person.AccountId}?done=roles");
    }

    [HttpPost("/admin/people/{accountId}/groups")]
    public async Task<IActionResult> SetGroups(string accountId, string[]? groups)
    {
        if (await FindAsync(accountId) is not { } person) return NotFound();
        var chosen = (groups ?? []).OfType<string>().Where(g => g.Length > 0).Distinct().ToList();
        var offered = (await memberships.AllAsync()).Select(m => m.Group).Concat(person.Memberships).ToHashSet();
        if (!chosen.All(offered.Contains))
        {
            ModelState.AddModelError("Groups", "เลือกหน่วยงานและชุมชนจากรายการ");
            return await PersonAsync(person, null, chosen);
        }
        await using var transaction = await database.BeginAsync();
        await accounts.SetMembershipsAsync(person, chosen, User.ToActor(), transaction);
        await transaction.CommitAsync();
        return this.SeeOther($"/admin/people/{person.AccountId}?done=groups");
    }

    [HttpPost("/admin/people/{accountId}/access")]
    public async Task<IActionResult> SetAccess(string accountId, string? enabled)
    {
        if (await FindAsync(accountId) is not { } person || enabled is not ("yes" or "no")) return NotFound();
        if (IsSelf(person))
        {
            ModelState.AddModelError("", "ท่านระงับบัญชีของตนเองไม่ได้");
            return await PersonAsync(person, null);
        }
        await using var transaction = await database.BeginAsync();
        await accounts.SetEnabledAsync(person, enabled == "yes", User.ToActor(), transaction);
        await transaction.CommitAsync();
        return this.SeeOther($"/admin/people/{person.AccountId}?done={(enabled == "yes" ? "enabled" : "disabled")}");
    }

    [HttpPost("/admin/people/{accountId}/invitation")]
    public async Task<IActionResult> InviteAgain(string accountId)
    {
        if (await FindAsync(accountId) is not { HasPassword: false, IsEnabled: true } person) return NotFound();
        var done = await SendAsync(person, await invitations.RenewAsync(person, User.ToActor()));
        return this.SeeOther($"/admin/people/{person.AccountId}?done={done}");
    }

    private async Task<string> SendAsync(Account person, string token) => await mails.TrySendInvitationAsync(person, token) ? "invited" : "unsent";

    private bool IsSelf(Account person) => person.AccountId == User.AccountId();

    // Whoever may not make administrators may not touch them either.
    private async Task<Account?> FindAsync(string accountId) =>
        await accounts.FindAsync(accountId) is { } person && (!person.IsAdministrator || User.IsInRole(RolePermissions.Administrator)) ? person : null;

    private async Task<string[]?> ChosenAsync(string[]? names)
    {
        var givable = (await roles.GivableByAsync(User.ToVisitor())).Select(r => r.Name).ToHashSet();
        var chosen = (names ?? []).OfType<string>().Distinct().ToArray();
        return chosen.All(givable.Contains) ? chosen : null;
    }

    private async Task<IActionResult> ListAsync(InviteInput input, string? q, int page, string? done)
    {
        if (!ModelState.IsValid && Request.Method != HttpMethods.Get) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        var words = (q ?? "").Trim();
        if (words.Length > LongestWords) words = words[..LongestWords];
        var total = await accounts.CountAsync(words);
        var pageCount = Math.Max(1, (int)((total + PageSize - 1) / PageSize));
        page = Math.Clamp(page, 1, pageCount);
        var people = await accounts.SearchAsync(words, (page - 1) * PageSize, PageSize);
        return View("Index", new PeoplePage(people, total, words, page, pageCount, await roles.GivableByAsync(User.ToVisitor()), input, done));
    }

    private async Task<IActionResult> PersonAsync(Account person, string? done, IReadOnlyCollection<string>? chosen = null)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Person", new PersonPage(person, await roles.GivableByAsync(User.ToVisitor()), await memberships.AllAsync(), IsSelf(person), done) { Chosen = chosen ?? person.Memberships });
    }
}
