using System.Reflection;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

/// <summary>Scripts run once, however many processes begin together.</summary>
public sealed class MigrationTests
{
    private static readonly Assembly[] Kernel = [typeof(Feature).Assembly];
    private static readonly Assembly[] All = [typeof(Feature).Assembly, typeof(Portal).Assembly];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_that_start_together_migrate_once(bool isOld)
    {
        for (var i = 0; i < 3; i++)
        {
            using var folder = new ScratchFolder();
            await using var first = TestDatabase.Open(folder.Path);
            await using var second = TestDatabase.Open(folder.Path);
            if (isOld) await new Migrator(first, Kernel).MigrateAsync();
            await Task.WhenAll(new[] { first, second }.Select(database => Task.Run(() => new Migrator(database, All).MigrateAsync())));
            var names = await first.QueryAsync<string>("select name from migrations");
            names.ShouldBeUnique();
            (await new Migrator(second, All).IsCurrentAsync()).ShouldBeTrue();
            (await first.FirstAsync<long>("select count(*) from site_changes")).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Two_programs_that_set_up_one_site_make_it_once()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "nodes share a PostgreSQL database");
        using var folder = new ScratchFolder();
        var shared = TestDatabase.Of(folder.Path)!;
        var runs = await Task.WhenAll(new[] { "first", "second" }.Select(name => PortalProgram.RunAsync(
            Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName, "C.UTF-8", "", new Dictionary<string, string> { ["PORTAL_DATABASE"] = shared }, "setup", Repository.File("recipes", "setup.recipe.json"))));
        string.Join(" ", runs.Select(r => r.ExitCode).Order()).ShouldBe("0 1", string.Join("\n", runs.Select(r => r.Errors)));
        await using var database = TestDatabase.Open(folder.Path);
        (await database.QueryAsync<string>("select content_item_id from content_items where latest = 1")).ShouldBeUnique();
        (await database.FirstAsync<long>("select count(*) from site_changes")).ShouldBe(1);
    }
}
