using KnowledgePortal.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(DemoSite))]

namespace KnowledgePortal.Tests.Support;

/// <summary>The demo site, set up once from its recipe and served to every test that only reads.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    public const string Administrator = "admin@demo.example";
    public const string Organizer = "organizer@demo.example";
    public const string Member = "member@demo.example";

    /// <summary>Of all three.</summary>
    public const string Password = "ฝนตกที่หน้าต่าง 7 บาน";

    private readonly ScratchFolder _folder = new();
    private PortalHost? _host;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string Data => _folder.Path;

    public IServiceProvider Services => _host!.Services;

    public async ValueTask InitializeAsync()
    {
        await SiteTemplates.CopyAsync("demo.recipe.json", _folder.Path);
        _host = new PortalHost(_folder.Path);
        Address = _host.Start();
        Client = _host.CreateClient();
        await _host.CatchUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }
}
