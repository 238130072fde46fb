using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KnowledgePortal.Web.Mail;

public static class MailSetup
{
    /// <summary>One <see cref="IMailTransport"/>: the server of the settings, or the folder. The folder can be listed in either case.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings).AddSingleton<FolderTransport>().AddSingleton<MailHold>();
        return settings.Server is { } server
            ? services.AddSingleton<IMailTransport>(site => new SmtpTransport(
                server, SmtpTimeouts.Default, site.GetRequiredService<TimeProvider>(), site.GetRequiredService<ILogger<SmtpTransport>>(),
                settings.Connections))
            : services.AddSingleton<IMailTransport>(site => site.GetRequiredService<FolderTransport>());
    }
}
