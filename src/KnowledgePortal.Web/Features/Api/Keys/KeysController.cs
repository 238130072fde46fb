using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Keys;

public sealed record NewKeyInput
{
    public string? Name { get; init; }
    public string[]? Scopes { get; init; }
    public string[]? Types { get; init; }
    public string? Days { get; init; }
}

/// <summary>An account's keys; <paramref name="Secret"/> is there once, right after a key was made.</summary>
public sealed record KeysPage(IReadOnlyList<ApiKey> Keys, string Now, IReadOnlyList<ContentTypeDefinition> Types, NewKeyInput Input, string? Secret, string? Done);

/// <summary>One's own keys: made, shown once, revoked.</summary>
[Requires]
[RequestSizeLimit(SignInController.MostBytes)]
public sealed class KeysController(Database database, ApiKeys keys, Accounts accounts, EditorAccess access, TimeProvider clock) : Controller
{
    private const int LongestName = 100;
    private static readonly int[] Lifetimes = [30, 90, 365];

    [HttpGet("/account/keys")]
    public Task<IActionResult> Index(string? done) => PageAsync(new NewKeyInput { Scopes = [ApiScopes.Read], Days = "365" }, done: done);

    /// <summary>Answers with the page itself: the key stands in no address and in no store.</summary>
    [HttpPost("/account/keys")]
    public async Task<IActionResult> Create(NewKeyInput input)
    {
        var mine = (await accounts.FindAsync(User.AccountId()!))!; // the cookie was checked against it in this request
        if (await ReadAsync(input, mine) is not { } asked) return await PageAsync(input);
        string secret;
        await using (var transaction = await database.BeginAsync())
        {
            (_, secret) = await keys.AddAsync(mine, asked, User.ToActor(), transaction);
            await transaction.CommitAsync();
        }
        return await PageAsync(new NewKeyInput { Scopes = [ApiScopes.Read], Days = "365" }, secret);
    }

    [HttpPost("/account/keys/{keyId}/revocation")]
    public async Task<IActionResult> Revoke(string keyId)
    {
        await using var transaction = await database.BeginAsync();
        if (!await keys.RevokeAsync(keyId, User.AccountId(), User.ToActor(), transaction)) return NotFound();
        await transaction.CommitAsync();
        return this.SeeOther("/account/keys?done=revoked");
    }

    private async Task<NewApiKey?> ReadAsync(NewKeyInput input, Account mine)
    {
        var name = TypedText.Line(input.Name ?? "");
        if (name.Length is 0 or > LongestName) ModelState.AddModelError("Name", $"ตั้งชื่อกุญแจ ไม่เกิน {LongestName} ตัวอักษร");
        var scopes = ApiScopes.All.Select(s => s.Name).Where((input.Scopes ?? []).Contains).ToList();
        if (scopes.Count == 0) ModelState.AddModelError("Scopes", "เลือกอย่างน้อยหนึ่งอย่าง");
        var types = (await access.CreatableAsync(User.ToVisitor())).Select(t => t.Name).Where((input.Types ?? []).Contains).ToList();
        if (types.Count != (input.Types ?? []).Distinct().Count()) ModelState.AddModelError("Types", "เลือกชนิดจากรายการ");
        var isDated = int.TryParse(input.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Lifetimes.Contains(days);
        if (!isDated && input.Days != "never") ModelState.AddModelError("Days", "เลือกอายุจากรายการ");
        if ((await keys.OfAsync(mine.AccountId)).Count >= ApiKeys.MostOfAccount) ModelState.AddModelError("", $"มีกุญแจได้ไม่เกิน {ApiKeys.MostOfAccount} ดอก เพิกถอนดอกที่ไม่ใช้ก่อน");
        return ModelState.IsValid ? new NewApiKey(name, scopes, types, isDated ? clock.GetUtcNow().UtcDateTime.AddDays(days) : null) : null;
    }

    private async Task<IActionResult> PageAsync(NewKeyInput input, string? secret = null, string? done = null)
    {
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", new KeysPage(await keys.OfAsync(User.AccountId()!), InvariantTime.Format(clock.GetUtcNow().UtcDateTime), await access.CreatableAsync(User.ToVisitor()), input, secret, done));
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
