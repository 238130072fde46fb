using System.Security.Claims;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>The cookie of a signed-in browser: the key of its session and nothing else that is believed.</summary>
public static class PortalCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string LoginPath = "/login";
    public const string ReturnUrl = "returnUrl";
    private const string KeyClaim = "session";

    /// <summary>Signs the browser in; a session that it had before is over.</summary>
    public static Task SignInAsync(HttpContext context, Account account, string key) => context.SignInAsync(Scheme, Principal(account, key));

    public static string? SessionKey(this ClaimsPrincipal user) => user.FindFirstValue(KeyClaim);

    public static void Configure(CookieAuthenticationOptions options, PortalSettings settings)
    {
        Harden(options.Cookie, settings, "portal");
        options.ExpireTimeSpan = SessionLimits.Longest;
        options.SlidingExpiration = false; // the row in account_sessions decides
        options.LoginPath = LoginPath;
        options.ReturnUrlParameter = ReturnUrl;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = Ask;
    }

    public static void Configure(AntiforgeryOptions options, PortalSettings settings)
    {
        Harden(options.Cookie, settings, "portal-form");
        options.FormFieldName = "__form";
        options.HeaderName = "X-Form-Token";
        options.SuppressXFrameOptionsHeader = true; // the policy of every page forbids framing altogether
    }

    // Behind a proxy the request is http while the reader's address is https: the site's address decides. __Host- refuses a cookie set by a neighbouring host.
    private static void Harden(CookieBuilder cookie, PortalSettings settings, string name)
    {
        cookie.Name = settings.IsHttps ? $"__Host-{name}" : name;
        cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<AccountSessions>();
        if (context.Principal?.SessionKey() is { } key && await sessions.ResumeAsync(key) is { } account)
        {
            context.ReplacePrincipal(Principal(account, key));
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    // A page comes back after signing in; a form cannot, because its content is gone.
    private static Task Ask(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        context.Response.Redirect(HttpMethods.IsGet(request.Method)
            ? $"{LoginPath}?{ReturnUrl}={Uri.EscapeDataString(request.PathBase + request.Path + request.QueryString)}"
            : LoginPath);
        return Task.CompletedTask;
    }

    private static ClaimsPrincipal Principal(Account account, string key) => new(new ClaimsIdentity(
        [
            new Claim(KeyClaim, key),
            new Claim(ClaimTypes.NameIdentifier, account.AccountId),
            new Claim(ClaimTypes.Name, account.UserName),
            new Claim(VisitorClaims.DisplayNameClaim, account.DisplayName),
            .. account.Roles.Select(role => new Claim(ClaimTypes.Role, role)),
            .. account.Memberships.Select(group => new Claim(VisitorClaims.MembershipClaim, group)),
        ],
        Scheme));
}
