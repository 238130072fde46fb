using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>Many begin at once on a database without a table.</summary>
public sealed class ColdStartTests
{
    private const int Migrators = 4;

    [Fact]
    public async Task Of_all_that_start_together_on_an_empty_database_one_migrates_and_sets_up_and_all_serve()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "nodes share a PostgreSQL database");
        using var folder = new ScratchFolder();
        var (data, media) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "media"));
        var (server, recipe) = (TestDatabase.Of(data)!, Repository.File("recipes", "setup.recipe.json"));
        var nodes = Task.WhenAll(Enumerable.Range(0, 2).Select(n => NodeProcess.StartAsync(Path.Combine(folder.Path, $"node{n}"), media, server, "--setup", recipe)));
        await Task.WhenAll(Enumerable.Range(0, Migrators).Select(n => Task.Run(async () =>
        {
            var settings = Offline.Settings(Path.Combine(folder.Path, $"migrator{n}")) with { Database = server };
            await using var site = new ServiceCollection().AddLogging().AddPortal(settings).BuildServiceProvider();
            await site.GetRequiredService<Migrator>().MigrateAsync();
            (await site.GetRequiredService<Migrator>().IsCurrentAsync()).ShouldBeTrue();
        })));
        foreach (var node in await nodes)
            await using (node)
            {
                await Patience.UntilAsync("it is ready", async () => (await node.Client().GetAsync("/health/ready")).IsSuccessStatusCode);
                (await node.ReadAsync("/")).ShouldContain("</html>");
            }
        await using var database = TestDatabase.Open(data);
        (await SchemaText.TransactionsAsync(database)).ShouldBe(1);
        var alone = Path.Combine(folder.Path, "alone");
        await SiteTemplates.CopyEmptyAsync(alone);
        await using var other = TestDatabase.Open(alone);
        (await SchemaText.OfAsync(database)).ShouldBe(await SchemaText.OfAsync(other));
    }
}
