using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Keys;

/// <summary>One's own keys: made, shown once, revoked.</summary>
[Requires]
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class KeysController(Database database, ApiKeys keys, Accounts accounts, PasswordProof proof, KeyForms forms) : Controller
{
    [HttpGet("/account/keys")]
    public Task<IActionResult> Index(string? done) => PageAsync(KeyForms.Empty, done: done);

    /// <summary>
    /// Answers with the page itself: the key stands in no address and in no store. It outlasts the session, so a session alone does not make one.
    /// </summary>
    [HttpPost("/account/keys")]
    public async Task<IActionResult> Create(NewKeyInput input)
    {
        var mine = (await accounts.FindAsync(User.AccountId()!))!; // the cookie was checked against it in this request
        var asked = await forms.ReadAsync(input, mine, User.ToVisitor(), ModelState);
        // Of a form that makes no key the password is not looked at, so that nothing is learned of it.
        if (asked is not null && await proof.ProblemAsync(mine, input.CurrentPassword) is { } problem) ModelState.AddModelError(nameof(input.CurrentPassword), problem);
        if (asked is null || !ModelState.IsValid) return await PageAsync(input);
        string secret;
        await using (var transaction = await database.BeginAsync())
        {
            (_, secret) = await keys.AddAsync(mine, asked, User.ToActor(), transaction);
            await transaction.CommitAsync();
        }
        return await PageAsync(KeyForms.Empty, secret);
    }

    [HttpPost("/account/keys/{keyId}/revocation")]
    public async Task<IActionResult> Revoke(string keyId)
    {
        await using var transaction = await database.BeginAsync();
        if (!await keys.RevokeAsync(keyId, User.AccountId(), User.ToActor(), transaction)) return NotFound();
        await transaction.CommitAsync();
        return this.SeeOther("/account/keys?done=revoked");
    }

    private async Task<IActionResult> PageAsync(NewKeyInput input, string? secret = null, string? done = null)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", await forms.PageAsync(User, input, secret, done));
    }
}

/// <summary>A page of everybody's keys.</summary>
public sealed record AllKeysPage(IReadOnlyList<ApiKey> Keys, string Now, long Total, int Page, int PageCount, string? Done);

/// <summary>Everybody's keys, for whoever manages people.</summary>
[Requires("ManageUsers")]
public sealed class AllKeysController(Database database, ApiKeys keys, TimeProvider clock) : Controller
{
    private const int PageSize = 50;

    [HttpGet("/admin/api-keys")]
    public async Task<IActionResult> Index(int page, string? done)
    {
        var total = await keys.CountAsync();
        var pageCount = Math.Max(1, (int)((total + PageSize - 1) / PageSize));
        page = Math.Clamp(page, 1, pageCount);
        return View(new AllKeysPage(await keys.AllAsync((page - 1) * PageSize, PageSize), InvariantTime.Format(clock.GetUtcNow().UtcDateTime), total, page, pageCount, done));
    }

    [HttpPost("/admin/api-keys/{keyId}/revocation")]
    public async Task<IActionResult> Revoke(string keyId)
    {
        await using var transaction = await database.BeginAsync();
        if (!await keys.RevokeAsync(keyId, null, User.ToActor(), transaction)) return NotFound();
        await transaction.CommitAsync();
        return this.SeeOther("/admin/api-keys?done=revoked");
    }
}
