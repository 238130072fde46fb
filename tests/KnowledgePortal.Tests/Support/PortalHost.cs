using KnowledgePortal.Web;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KnowledgePortal.Tests.Support;

/// <summary>A real site on a real port of 127.0.0.1, with its data in a folder.</summary>
public sealed class PortalHost : WebApplicationFactory<Program>
{
    private readonly string _data;
    private readonly Action<IServiceCollection>? _configure;

    public PortalHost(string data, Action<IServiceCollection>? configure = null)
    {
        _data = data;
        _configure = configure;
        UseKestrel(0);
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
        builder.UseSetting("Portal:Port", "0");
        if (_configure is not null) builder.ConfigureServices(_configure);
    }
}

/// <summary>A site's services without a server, as operator verbs use them.</summary>
public static class Offline
{
    public static PortalSettings Settings(string data) => new(Repository.Root, data, 0, null);

    public static ServiceProvider Site(string data) =>
        new ServiceCollection().AddLogging().AddPortal(Settings(data)).BuildServiceProvider();
}
