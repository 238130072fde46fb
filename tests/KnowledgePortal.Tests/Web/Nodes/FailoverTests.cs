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

        // Asked for on the node that runs no jobs, done by the one that does, once. Which one that is may change when a busy machine lets it renew its lease too late.
        var before = await nodes.EpochAsync();
        await SubscribeAsync(other, "once@example.com");
        await WrittenAsync(1);
        if (await nodes.EpochAsync() == before) other.MailCount.ShouldBe(0);

        // What a node that dies had handed over and not written down is sent again much later; that is not what is looked at here.
        await SettledAsync();

        // Frozen: the other one takes over, and the first finds that out when it goes on.
        var epoch = await nodes.EpochAsync();
        (leader, other) = await nodes.RolesAsync();
        leader.Signal("STOP");
        await TakenOverAsync(other, epoch);
        leader.Signal("CONT");
        await Patience.UntilAsync("the first node serves again", async () => (await leader.Client().GetAsync("/health/live")).IsSuccessStatusCode);
        await SubscribeAsync(leader, "after@example.com");
        await WrittenAsync(2);

        // Killed: the one that is left takes over.
        await SettledAsync();
        epoch = await nodes.EpochAsync();
        (leader, other) = await nodes.RolesAsync();
        leader.Kill();
        await TakenOverAsync(other, epoch);
        await SubscribeAsync(other, "last@example.com");
        await WrittenAsync(3);
        await SettledAsync();
        (await nodes.Database.FirstAsync<long>("select count(*) from digest_deliveries")).ShouldBe(3);
        Mails().ShouldBe(3);

        int Mails() => leader.MailCount + other.MailCount;

        async Task WrittenAsync(int count)
        {
            await Patience.UntilAsync("the mail is written", () => Task.FromResult(Mails() >= count));
            Mails().ShouldBe(count);
        }

        Task SettledAsync() => Patience.UntilAsync(
            "every mail is settled", async () => await nodes.Database.FirstAsync<long>("select count(*) from digest_deliveries where state <> 'sent'") == 0);

        // A node that is stopped inside a transaction holds the lock of writers until the server ends that.
        Task TakenOverAsync(NodeProcess node, long epoch) => Patience.UntilAsync(
            "another node leads", async () => await nodes.LeaderAsync() == node.Id && await nodes.EpochAsync() > epoch, Patience.Long + Patience.Long);
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
