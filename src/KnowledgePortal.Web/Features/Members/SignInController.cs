using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>What is typed on the sign-in page.</summary>
public sealed record SignInInput
{
    public string? Email { get; init; }

    // White space is part of a password.
    [DisplayFormat(ConvertEmptyStringToNull = false)]
    public string? Password { get; init; }

    public string? ReturnUrl { get; init; }
}

/// <summary>Signing in and out.</summary>
[RequestSizeLimit(MostBytes)]
public sealed class SignInController(SignIns signIns, Accounts accounts, TimeProvider clock) : Controller
{
    internal const int MostBytes = 256 * 1024;
    private const int TellWhenLeft = 3;

    [HttpGet(PortalCookie.LoginPath)]
    public IActionResult Index(string? returnUrl)
    {
        if (User.AccountId() is not null) return Redirect(LocalAddress.Parse(returnUrl) ?? "/account");
        return View(new SignInInput { ReturnUrl = LocalAddress.Parse(returnUrl) ?? LocalAddress.Referrer(Request) });
    }

    [HttpPost(PortalCookie.LoginPath)]
    public async Task<IActionResult> Enter(SignInInput input)
    {
        var userName = EmailAddress.Normalise(input.Email);
        if (userName is null) ModelState.AddModelError("Email", input.Email is null ? "ยังไม่ได้ใส่อีเมล" : "อีเมลนี้เขียนไม่ครบ ตัวอย่าง name@agency.go.th");
        if (string.IsNullOrEmpty(input.Password)) ModelState.AddModelError("Password", "ยังไม่ได้ใส่รหัสผ่าน");
        if (!ModelState.IsValid) return Again(input, StatusCodes.Status422UnprocessableEntity);

        switch (await signIns.TryAsync(userName!, input.Password!, SignInOrigin.Of(HttpContext)))
        {
            case SignInOutcome.SignedIn(var account, var key):
                await EndSessionAsync();
                await PortalCookie.SignInAsync(HttpContext, account, key);
                return this.SeeOther(LocalAddress.Parse(input.ReturnUrl) ?? "/");
            case SignInOutcome.Locked(var until):
                ModelState.AddModelError("", Locked(until));
                return Again(input, StatusCodes.Status429TooManyRequests);
            case SignInOutcome.Wrong(var left):
                ModelState.AddModelError("", left > TellWhenLeft ? "อีเมลหรือรหัสผ่านไม่ถูกต้อง" : Wrong(left));
                break;
        }
        return Again(input, StatusCodes.Status422UnprocessableEntity);
    }

    [HttpPost("/logout")]
    public async Task<IActionResult> Out()
    {
        await EndSessionAsync();
        await HttpContext.SignOutAsync(PortalCookie.Scheme);
        return this.SeeOther("/login?done=out");
    }

    private async Task EndSessionAsync()
    {
        if (User.SessionKey() is { } key && await accounts.FindAsync(User.AccountId()!) is { } account) await signIns.EndAsync(key, account);
    }

    private ViewResult Again(SignInInput input, int status)
    {
        Response.StatusCode = status;
        return View("Index", input with { Password = null });
    }

    private static string Wrong(int left) =>
        left == 0 ? "อีเมลหรือรหัสผ่านไม่ถูกต้อง พักการเข้าสู่ระบบด้วยอีเมลนี้ 15 นาที" : $"อีเมลหรือรหัสผ่านไม่ถูกต้อง เหลืออีก {left} ครั้งก่อนพัก 15 นาที";

    private string Locked(DateTime until)
    {
        var wait = until - clock.GetUtcNow().UtcDateTime;
        Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"ลองผิดหลายครั้งเกินไป ลองใหม่ได้หลังเวลา {ThaiDate.Time(BangkokTime.Clock(until.AddMinutes(1)))} หรือตั้งรหัสผ่านใหม่ทางอีเมล";
    }
}
