using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

[assembly: AssemblyFixture(typeof(EditorSite))]

namespace KnowledgePortal.Tests.Support;

/// <summary>The demo site for tests that write. Who asks stands in a header: <c>X-Test-User: somchai|Organizer</c>, with view groups after a second bar.</summary>
public sealed class EditorSite : IAsyncLifetime
{
    public const string Header = "X-Test-User";
    public const string Organizer = "somchai|Organizer";
    public const string OtherOrganizer = "prapha|Organizer";
    public const string Member = "manee|Member";
    public const string Administrator = "root|Administrator";

    private readonly ScratchFolder _folder = new();
    private PortalHost? _host;

    public string Recipe { get; init; } = "demo.recipe.json";

    public Uri Address { get; private set; } = null!;

    public string Data => _folder.Path;

    public IServiceProvider Services => _host!.Services;

    public async ValueTask InitializeAsync()
    {
        await SiteTemplates.CopyAsync(Recipe, _folder.Path);
        _host = new PortalHost(_folder.Path, configure: services =>
            services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Test", null));
        Address = _host.Start();
        await _host.CatchUpAsync();
    }

    public Task CatchUpAsync() => _host!.CatchUpAsync();

    /// <summary>A browser of somebody: cookies of its own, redirects not followed.</summary>
    public HttpClient As(string? user)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        if (user is not null) client.DefaultRequestHeaders.Add(Header, user);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header].ToString().Split('|') is not [var name, var roles, .. var groups]) return Task.FromResult(AuthenticateResult.NoResult());
            var claims = roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => new Claim(ClaimTypes.Role, r))
                .Concat(groups.Select(g => new Claim(VisitorClaims.MembershipClaim, g))).Prepend(new Claim(ClaimTypes.Name, name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, "Test")), "Test")));
        }
    }
}
