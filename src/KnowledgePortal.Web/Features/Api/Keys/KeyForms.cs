using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Claims;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace KnowledgePortal.Web.Features.Api.Keys;

public sealed record NewKeyInput
{
    public string? Name { get; init; }
    public string[]? Scopes { get; init; }
    public string[]? Types { get; init; }
    public string? Days { get; init; }

    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? CurrentPassword { get; init; }
}

/// <summary>An account's keys; <paramref name="Secret"/> is there once, right after a key was made.</summary>
public sealed record KeysPage(IReadOnlyList<ApiKey> Keys, string Now, IReadOnlyList<ContentTypeDefinition> Types, NewKeyInput Input, string? Secret, string? Done);

/// <summary>The form of a new key.</summary>
public sealed class KeyForms(ApiKeys keys, EditorAccess access, TimeProvider clock)
{
    private const int LongestName = 100;
    private static readonly int[] Lifetimes = [30, 90, 365];

    public static NewKeyInput Empty => new() { Scopes = [ApiScopes.Read], Days = "365" };

    /// <summary>The key that is asked for; null when something is wrong, said in <paramref name="problems"/>.</summary>
    public async Task<NewApiKey?> ReadAsync(NewKeyInput input, Account mine, Visitor visitor, ModelStateDictionary problems)
    {
        var name = TypedText.Line(input.Name ?? "");
        if (name.Length is 0 or > LongestName) problems.AddModelError("Name", $"ตั้งชื่อกุญแจ ไม่เกิน {LongestName} ตัวอักษร");
        var scopes = ApiScopes.All.Select(s => s.Name).Where((input.Scopes ?? []).Contains).ToList();
        if (scopes.Count == 0) problems.AddModelError("Scopes", "เลือกอย่างน้อยหนึ่งอย่าง");
        var types = (await access.CreatableAsync(visitor)).Select(t => t.Name).Where((input.Types ?? []).Contains).ToList();
        if (types.Count != (input.Types ?? []).Distinct().Count()) problems.AddModelError("Types", "เลือกชนิดจากรายการ");
        var isDated = int.TryParse(input.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && Lifetimes.Contains(days);
        if (!isDated && input.Days != "never") problems.AddModelError("Days", "เลือกอายุจากรายการ");
        if ((await keys.OfAsync(mine.AccountId)).Count >= ApiKeys.MostOfAccount) problems.AddModelError("", $"มีกุญแจได้ไม่เกิน {ApiKeys.MostOfAccount} ดอก เพิกถอนดอกที่ไม่ใช้ก่อน");
        return problems.IsValid ? new NewApiKey(name, scopes, types, isDated ? clock.GetUtcNow().UtcDateTime.AddDays(days) : null) : null;
    }

    public async Task<KeysPage> PageAsync(ClaimsPrincipal user, NewKeyInput input, string? secret, string? done) => new(
        await keys.OfAsync(user.AccountId()!), InvariantTime.Format(clock.GetUtcNow().UtcDateTime), await access.CreatableAsync(user.ToVisitor()), input, secret, done);
}
