using System.Text;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web;

/// <summary>What happens to the search index of a site: damage at rest and under way, building it again while people search.</summary>
public sealed class SiteIndexTests(DemoSite demo) : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly HeldClock _clock = new();
    private ServiceProvider _site = null!;

    private SearchIndex Index => _site.GetRequiredService<SearchIndex>();

    private string IndexFolder => _site.GetRequiredService<PortalSettings>().IndexFolder;

    public async ValueTask InitializeAsync()
    {
        // A whole copy of the demo's database, whatever is being written to it.
        if (TestDatabase.IsPostgres) await SiteTemplates.CopyDatabaseAsync("demo.recipe.json", _folder.Path);
        else await demo.Services.GetRequiredService<Database>().QueryAsync<string>("vacuum into @path", new { path = Path.Combine(_folder.Path, "portal.db") });
        CopyMedia();
        _site = Site();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    public static TheoryData<string> Damages => new(
    [
        .. from file in new[] { "segment", "live", "commit" } from how in new[] { "truncated", "empty", "longer", "missing", "flipped", "zeros" } select $"{how} {file}",
        "text commit", "version commit",
    ]);

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_index_that_was_damaged_at_rest_is_kept_aside_and_built_again(string damage)
    {
        var before = await PrepareAsync();
        await _site.DisposeAsync();
        Do(damage);
        _site = Site();
        await Index.CatchUpAsync();
        Found(Index.Searcher!).ShouldBe(before);
        Directory.Exists(_site.GetRequiredService<PortalSettings>().DamagedIndexFolder).ShouldBeTrue();
        var health = await Index.HealthAsync();
        health.Lag.ShouldBe(0);
        health.Documents.ShouldBe(before.Count);
        health.LastRebuild!.Reason.ShouldBe("damaged");
        health.LastRebuild.EndedUtc.ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task An_index_that_is_damaged_while_the_site_runs_is_never_searched(string damage)
    {
        var before = await PrepareAsync();
        Do(damage);
        // Deletions and the commit are in memory, and what is mapped outlives its name; what was written over must not be read.
        if (damage.EndsWith("segment", StringComparison.Ordinal) && !damage.StartsWith("missing", StringComparison.Ordinal)) Index.Searcher.ShouldBeNull();
        var page = await _site.GetRequiredService<PortalSearch>().RunAsync(SearchInput.Read(new Microsoft.AspNetCore.Http.QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["q"] = "นวัตกรรม" })), Visitor.Anonymous);
        if (Index.Searcher is null) page.IsCatchingUp.ShouldBeTrue();
        await Index.CatchUpAsync();
        Found(Index.Searcher!).ShouldBe(before);
        (await Index.HealthAsync()).LastRebuild!.Reason.ShouldBe("damaged");
    }

    [Fact]
    public async Task Only_the_last_damaged_index_is_kept()
    {
        await PrepareAsync();
        for (var i = 0; i < 3; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(IndexFolder, "note"), $"{i}", TestContext.Current.CancellationToken);
            Do("flipped segment");
            await Index.CatchUpAsync();
        }
        (await File.ReadAllTextAsync(Path.Combine(_folder.Path, "index.damaged", "note"), TestContext.Current.CancellationToken)).ShouldBe("2");
        Directory.GetDirectories(_folder.Path, "index*").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Readers_find_everything_while_a_whole_index_is_built_again()
    {
        var before = await PrepareAsync();
        await Index.AskForRebuildAsync();
        using var reached = _clock.HoldAtCall(2);
        var rebuild = Task.Run(Index.CatchUpAsync, TestContext.Current.CancellationToken);
        await reached.WaitAsync(TestContext.Current.CancellationToken);
        // The old documents are deleted and new ones are buffered; nothing of it is committed.
        Found(Index.Searcher!).ShouldBe(before);
        var page = await _site.GetRequiredService<PortalSearch>().RunAsync(SearchInput.Read(new Microsoft.AspNetCore.Http.QueryCollection()), new Visitor("root", [RolePermissions.Administrator]));
        page.Total.ShouldBe(before.Count);
        page.IsCatchingUp.ShouldBeTrue();
        (await Index.HealthAsync()).IsRebuilding.ShouldBeTrue();
        _clock.Release();
        await rebuild;
        Found(Index.Searcher!).ShouldBe(before);
        (await Index.LagAsync()).ShouldBe(0);
        (await Index.HealthAsync()).LastRebuild!.Reason.ShouldBe("asked for");
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_what_was_there_and_is_done_again()
    {
        var before = await PrepareAsync();
        await Index.AskForRebuildAsync();
        _clock.FailAtCall(2);
        await Should.ThrowAsync<IOException>(Index.CatchUpAsync);
        Found(Index.Searcher!).ShouldBe(before);
        await _site.DisposeAsync();
        _site = Site();
        await Index.CatchUpAsync();
        Found(Index.Searcher!).ShouldBe(before);
        (await Index.HealthAsync()).IsRebuilding.ShouldBeFalse();
        Directory.Exists(Path.Combine(_folder.Path, "index.damaged")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_running_site_answers_every_search_while_its_index_is_damaged_and_mended()
    {
        await PrepareAsync();
        await _site.DisposeAsync();
        await using var host = new PortalHost(_folder.Path);
        host.Start();
        using var client = host.CreateClient();
        await host.CatchUpAsync();
        foreach (var damage in new[] { "truncated segment", "zeros segment", "empty segment", "missing segment", "text commit" })
        {
            Do(damage);
            var during = await client.GetAsync("/search?q=นวัตกรรม", TestContext.Current.CancellationToken);
            during.EnsureSuccessStatusCode();
            await host.CatchUpAsync();
            (await client.GetStringAsync("/search?q=นวัตกรรม", TestContext.Current.CancellationToken)).ShouldContain("title-link", customMessage: damage);
        }
        (await client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
    }

    /// <summary>Two segments with deletions, and what can be found in them.</summary>
    private async Task<IReadOnlyDictionary<string, string>> PrepareAsync()
    {
        await Index.CatchUpAsync();
        await TouchAsync(DemoItems.Session4Of2563, DemoItems.KhuSiao);
        await TouchAsync(DemoItems.KhuSiao);
        // Opened again, so that no merge is under way: it would read a file while it is being damaged.
        await _site.DisposeAsync();
        _site = Site();
        await Index.CatchUpAsync();
        var found = Found(Index.Searcher!);
        found.Count.ShouldBeGreaterThan(15);
        Directory.GetFiles(IndexFolder, "*.live").ShouldNotBeEmpty();
        return found;
    }

    private async Task TouchAsync(params string[] ids)
    {
        await using (var transaction = await _site.GetRequiredService<Database>().BeginAsync(TestContext.Current.CancellationToken))
        {
            foreach (var id in ids) await KnowledgePortal.Cms.Content.IndexingTaskHandler.TouchAsync(id, DateTime.UnixEpoch, transaction);
            await transaction.CommitAsync();
        }
        await Index.CatchUpAsync();
    }

    private static IReadOnlyDictionary<string, string> Found(Searcher searcher) =>
        searcher.Search(new SearchRequest { Query = "", Top = 1000 }).Hits
            .ToDictionary(h => h.Key, h => string.Join('|', h.Stored(SearchFields.StoredTitle), h.Stored(SearchFields.StoredUrl), h.Stored(SearchFields.StoredBody), h.Stored(SearchFields.StoredLines)));

    private ServiceProvider Site() =>
        new ServiceCollection().AddLogging().AddPortal(Offline.Settings(_folder.Path)).AddSingleton<TimeProvider>(_clock).BuildServiceProvider();

    private void CopyMedia()
    {
        var media = Path.Combine(demo.Data, "media");
        foreach (var file in Directory.GetFiles(media, "*.vtt", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.Path, "media", Path.GetRelativePath(media, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private void Do(string damage)
    {
        var (how, kind) = (damage.Split(' ')[0], damage.Split(' ')[1]);
        var path = Directory.GetFiles(Path.Combine(_folder.Path, "index"), "*." + kind).Order(StringComparer.Ordinal).First();
        if (how == "missing")
        {
            File.Delete(path);
            return;
        }
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, how switch
        {
            "truncated" => bytes[..(bytes.Length * 2 / 3)],
            "empty" => [],
            "longer" => [.. bytes, 0],
            "flipped" => [.. bytes[..(bytes.Length / 2)], (byte)(bytes[bytes.Length / 2] ^ 1), .. bytes[(bytes.Length / 2 + 1)..]],
            "zeros" => new byte[bytes.Length],
            "text" => Encoding.UTF8.GetBytes("index: yes"),
            "version" => [.. bytes[..4], (byte)(bytes[4] + 1), .. bytes[5..]],
            _ => throw new ArgumentException(damage),
        });
        try
        {
            // Damage comes later than the index, even where the test is faster than the clock of the file system.
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(1));
        }
        catch (FileNotFoundException)
        {
            // A running site has noticed it already, and put the index aside.
        }
    }

    /// <summary>A clock that stands in the way at a chosen call: the only calls between two commits of a rebuild are those of its notes.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private readonly ManualResetEventSlim _open = new(true);
        private SemaphoreSlim? _reached;
        private int _left;
        private bool _fails;

        public SemaphoreSlim HoldAtCall(int number)
        {
            _open.Reset();
            _left = number;
            return _reached = new SemaphoreSlim(0);
        }

        public void FailAtCall(int number) => (_left, _fails) = (number, true);

        public void Release()
        {
            _reached = null;
            _open.Set();
        }

        public override DateTimeOffset GetUtcNow()
        {
            if (_left > 0 && Interlocked.Decrement(ref _left) == 0)
            {
                if (_fails) throw new IOException("No space left on device");
                _reached!.Release();
                _open.Wait();
            }
            return base.GetUtcNow();
        }
    }
}
