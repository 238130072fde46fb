using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>The demo site on two nodes with one database and one media folder. Only on PostgreSQL: SQLite is for one.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();

    public NodeProcess First { get; private set; } = null!;

    public NodeProcess Second { get; private set; } = null!;

    public Database Database { get; private set; } = null!;

    private string FirstData => Path.Combine(_folder.Path, "first");

    public async ValueTask InitializeAsync()
    {
        if (!TestDatabase.IsPostgres) return;
        await SiteTemplates.CopyAsync("demo.recipe.json", FirstData);
        Database = TestDatabase.Open(FirstData);
        var starting = StartFirstAsync();
        Second = await StartAsync("second");
        First = await starting;
    }

    public async Task<NodeProcess> StartFirstAsync() => First = await StartAsync("first");

    public async Task<NodeProcess> StartAsync(string name)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        return await NodeProcess.StartAsync(data, Path.Combine(FirstData, "media"), TestDatabase.Of(FirstData)!);
    }

    /// <summary>The node that runs the jobs, and the other one.</summary>
    public async Task<(NodeProcess Leader, NodeProcess Other)> RolesAsync()
    {
        var leader = "";
        await Patience.UntilAsync("a node leads", async () => (leader = await LeaderAsync()).Length > 0);
        return leader == First.Id ? (First, Second) : (Second, First);
    }

    public async Task<string> LeaderAsync() =>
        (await Database.FirstAsync<string>("select holder from leases where name = 'jobs' and ends_at > unixepoch()") ?? "").Split('/')[0];

    public Task<long> EpochAsync() => Database.FirstAsync<long>("select epoch from leases where name = 'jobs'");

    public async ValueTask DisposeAsync()
    {
        if (First is not null) await First.DisposeAsync();
        if (Second is not null) await Second.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
        _folder.Dispose();
    }
}
