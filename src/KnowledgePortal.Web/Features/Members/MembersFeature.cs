using KnowledgePortal.Cms.Features;
using KnowledgePortal.Cms.Recipes;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;

namespace KnowledgePortal.Web.Features.Members;

/// <summary>Accounts: signing in, one's own account, and who manages those of others.</summary>
public sealed class MembersFeature : Feature
{
    public override string Id => "Members";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<Passwords>().AddSingleton<Accounts>().AddSingleton<AccountSessions>().AddSingleton<AccountTokens>().AddSingleton<Attempts>();
        services.AddSingleton<SignIns>().AddSingleton<PasswordLinks>().AddSingleton<PasswordProof>().AddSingleton<PasswordChanges>().AddSingleton<Invitations>().AddSingleton<RoleNames>().AddSingleton<MembershipChoices>().AddSingleton<RoleChanges>();
        services.AddSingleton<AccountMails>().AddSingleton<IAccountMail, TransportedAccountMail>();
        services.AddSingleton<ResetRequests>().AddHostedService(provider => provider.GetRequiredService<ResetRequests>());
        services.AddSingleton<DemoAccountsStep>().AddSingleton<IRecipeStep>(provider => provider.GetRequiredService<DemoAccountsStep>());
        services.AddSingleton<IRecipeStep, UsersStep>();

        services.AddAuthentication(PortalCookie.Scheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(PortalCookie.Scheme).Configure<PortalSettings>(PortalCookie.Configure);
        services.AddAntiforgery().AddOptions<AntiforgeryOptions>().Configure<PortalSettings>(PortalCookie.Configure);
        services.AddSingleton<ProtectionKeys>();
        services.AddDataProtection().SetApplicationName("KnowledgePortal");
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) => options.XmlRepository = keys);

        // The proxy in front of 127.0.0.1 says who asks; what it was told itself is not believed.
        services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
    }
}
