using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Features.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>The recurring jobs run on one node, and on another when that one dies or freezes.</summary>
public sealed class FailoverTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    [Fact]
    public async Task Jobs_run_once_and_go_over_when_the_node_that_runs_them_is_killed_or_frozen()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "nodes share a PostgreSQL database");
        var (leader, other) = await nodes.RolesAsync();

        // Asked for on the node that runs no jobs, done by the one that does, once.
        await SubscribeAsync(other, "once@example.com");
        await NodeProcess.UntilAsync("the mail is written", () => Task.FromResult(leader.MailCount + other.MailCount > 0));
        (leader.MailCount, other.MailCount).ShouldBe((1, 0));

        // What a node that dies had handed over and not written down is sent again much later; that is not what is looked at here.
        await SettledAsync();

        // Frozen: the other one takes over within its half minute, and the first finds that out when it goes on.
        var epoch = await nodes.EpochAsync();
        leader.Signal("STOP");
        await NodeProcess.UntilAsync("the other node leads", async () => await nodes.LeaderAsync() == other.Id);
        (await nodes.EpochAsync()).ShouldBe(epoch + 1);
        leader.Signal("CONT");
        await NodeProcess.UntilAsync("the first node serves again", async () => (await leader.Client().GetAsync("/health/live")).IsSuccessStatusCode);
        await SubscribeAsync(leader, "after@example.com");
        await NodeProcess.UntilAsync("the mail is written by the new leader", () => Task.FromResult(other.MailCount == 1));
        leader.MailCount.ShouldBe(1);
        (await nodes.LeaderAsync()).ShouldBe(other.Id);
        (await nodes.EpochAsync()).ShouldBe(epoch + 1);

        // Killed: the first one takes over.
        await SettledAsync();
        other.Kill();
        await NodeProcess.UntilAsync("the first node leads again", async () => await nodes.LeaderAsync() == leader.Id);
        await SubscribeAsync(leader, "last@example.com");
        await NodeProcess.UntilAsync("the mail is written", () => Task.FromResult(leader.MailCount == 2));
        await SettledAsync();
        (await nodes.Database.FirstAsync<long>("select count(*) from digest_deliveries")).ShouldBe(3);

        Task SettledAsync() => NodeProcess.UntilAsync(
            "every mail is settled", async () => await nodes.Database.FirstAsync<long>("select count(*) from digest_deliveries where state <> 'sent'") == 0);
    }

    [Fact]
    public async Task Who_was_frozen_while_another_took_over_writes_nothing_more()
    {
        using var folder = new ScratchFolder();
        var (here, there) = (Path.Combine(folder.Path, "here"), Path.Combine(folder.Path, "there"));
        await using var first = Site(here, null);
        await first.GetRequiredService<Migrator>().MigrateAsync();
        // Two nodes on one database of either kind: on SQLite both have the file, as one process may.
        await using var second = Site(there, here);
        var (old, next) = (first.GetRequiredService<Leadership>(), second.GetRequiredService<Leadership>());
        (await old.HoldAsync()).ShouldBe((true, false));
        (await next.HoldAsync()).ShouldBe((false, false));

        old.FenceFlow();
        var database = first.GetRequiredService<Database>();
        await WriteAsync(database, "before");
        await using (var transaction = await second.GetRequiredService<Database>().BeginAsync(TestContext.Current.CancellationToken))
        {
            await transaction.ExecuteAsync("update leases set ends_at = 0"); // the time of the freeze
            await transaction.CommitAsync();
        }
        (await next.HoldAsync()).ShouldBe((true, true));
        await Should.ThrowAsync<LostLeaseException>(() => WriteAsync(database, "after"));
        (await old.HoldAsync()).ShouldBe((false, false));
        database.Fence(null);
        (await database.QueryAsync<string>("select document from site_settings where name = 'test'")).ShouldBe(["before"]);

        await next.ReleaseAsync();
        (await old.HoldAsync()).ShouldBe((true, true));
    }

    private static ServiceProvider Site(string data, string? databaseOf)
    {
        Directory.CreateDirectory(data);
        var services = new ServiceCollection().AddLogging().AddPortal(Offline.Settings(data) with { Database = TestDatabase.Of(databaseOf ?? data) });
        if (databaseOf is not null && !TestDatabase.IsPostgres) services.AddSingleton(_ => TestDatabase.Open(databaseOf));
        return services.BuildServiceProvider();
    }

    private static async Task WriteAsync(Database database, string value)
    {
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync("insert into site_settings (name, document) values ('test', @value) on conflict (name) do update set document = excluded.document", new { value });
        await transaction.CommitAsync();
    }

    private static async Task SubscribeAsync(NodeProcess node, string email)
    {
        using var client = node.Client();
        var (status, _) = await (await SentForm.OfAsync(client, "/subscribe")).Set("Email", email).SendAsync();
        ((int)status).ShouldBeLessThan(400);
    }
}
