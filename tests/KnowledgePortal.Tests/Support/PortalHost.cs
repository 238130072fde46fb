using KnowledgePortal.Web;
using KnowledgePortal.Web.Features.Api.Webhooks;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KnowledgePortal.Tests.Support;

/// <summary>A real site on a real port of 127.0.0.1, with its data in a folder.</summary>
public sealed class PortalHost : WebApplicationFactory<Program>
{
    private readonly string _data;
    private readonly string? _url;
    private readonly Action<IServiceCollection>? _configure;

    /// <param name="data">The site's folder.</param>
    /// <param name="url">The address that the site believes to have; null for that of its port.</param>
    /// <param name="configure">Puts a clock or a mailbox of the test in place of the real one.</param>
    public PortalHost(string data, string? url = null, Action<IServiceCollection>? configure = null)
    {
        (_data, _url, _configure) = (data, url, configure);
        // Without a port: the factory would write it into the addresses of a server that the entry point may have started already. The program listens on port 0 itself.
        UseKestrel();
    }

    /// <summary>Starts to listen; the address is that of every client.</summary>
    public Uri Start()
    {
        StartServer();
        return ClientOptions.BaseAddress;
    }

    /// <summary>Returns when what was published before the call is findable.</summary>
    public Task CatchUpAsync() => Services.GetRequiredService<SearchIndex>().CatchUpAsync();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Portal:Data", _data);
        builder.UseSetting("Portal:Database", TestDatabase.Of(_data));
        builder.UseSetting("Portal:Port", "0");
        builder.UseSetting("Portal:SearchRate", "10000"); // all tests come from one address
        builder.UseSetting("Portal:ApiRate", "100000");
        builder.UseSetting("Portal:ApiWriteRate", "100000");
        builder.UseSetting("Portal:ChangeRate", "10000");
        builder.UseSetting("Portal:PageWait", "120"); // limits that are for readers; the machine of the tests may stand still for a while
        builder.ConfigureTestServices(services => services
            .AddSingleton(provider => new WebhookSender(provider.GetRequiredService<PortalSettings>(), Patience.Long))
            .PostConfigure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = null));
        if (_url is not null) builder.UseSetting("Portal:Url", _url);
        builder.ConfigureTestServices(services =>
        {
            // Tests run jobs themselves, at the times of their own clocks.
            foreach (var scheduler in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Quartz", StringComparison.Ordinal) == true).ToList())
                services.Remove(scheduler);
            _configure?.Invoke(services);
        });
    }
}

/// <summary>A site's services without a server, as operator verbs use them.</summary>
public static class Offline
{
    public static PortalSettings Settings(string data) => new(Repository.Root, data, 0, null) { DemoPassword = DemoSite.Password, Database = TestDatabase.Of(data) };

    public static ServiceProvider Site(string data) =>
        new ServiceCollection().AddLogging().AddPortal(Settings(data)).BuildServiceProvider();
}
