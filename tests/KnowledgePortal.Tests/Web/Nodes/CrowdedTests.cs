using System.Net;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web;
using KnowledgePortal.Web.Cli;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>More slow requests than there are connections, because the server has few of them or because the pool has.</summary>
public sealed class CrowdedTests
{
    private const int Connections = 20;

    [Fact]
    public async Task While_slow_requests_hold_every_connection_a_page_says_so_the_process_lives_and_it_heals()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "only a server has connections");
        using var folder = new ScratchFolder();
        using var cluster = await PostgresCluster.StartAsync(connections: Connections);
        var (database, media) = (cluster.ConnectionString("postgres"), Path.Combine(folder.Path, "media"));
        await using (var site = new ServiceCollection().AddLogging().AddPortal(Offline.Settings(Path.Combine(folder.Path, "setup")) with { Database = database, SharedMedia = media }).BuildServiceProvider())
            (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), site)).ShouldBe(Verbs.Done);
        NpgsqlConnection.ClearAllPools();
        foreach (var pool in new[] { "", ";Maximum Pool Size=4" })
        {
            await using var node = await NodeProcess.StartAsync(Path.Combine(folder.Path, $"node{pool.Length}"), media, database + pool);
            await Patience.UntilAsync("it serves", async () => (await AskAsync(node)).StatusCode == HttpStatusCode.OK);
            await CrowdAsync(node, database);
            await Patience.UntilAsync("it is well again", async () => (await AskAsync(node)).StatusCode == HttpStatusCode.OK);
        }
    }

    private static async Task CrowdAsync(NodeProcess node, string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table community_index in access exclusive mode", connection, transaction)) await hold.ExecuteNonQueryAsync();

        var slow = new List<Task<HttpResponseMessage>>();
        // Where this test stands still between the first answer and the last, it looks at another crowd.
        await Patience.UntilAsync("a page is refused while others hold their connections still", async () =>
        {
            await Task.WhenAll(slow);
            var crowd = Enumerable.Range(0, 2 * Connections).Select(_ => AskAsync(node)).ToList();
            slow.AddRange(crowd);
            (await await Task.WhenAny(crowd)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            return await WaitingAsync(connection, transaction) > 0 && crowd.Any(s => !s.IsCompleted);
        });
        using var client = node.Client();
        (await client.GetStringAsync("/health/live")).ShouldBe("live");
        foreach (var answer in await Task.WhenAll(slow))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        }
    }

    private static async Task<long> WaitingAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using var command = new NpgsqlCommand("select count(*) from pg_locks where not granted and relation = 'community_index'::regclass", connection, transaction);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // With a cookie, so that no kept page answers.
    private static async Task<HttpResponseMessage> AskAsync(NodeProcess node)
    {
        var cookies = new CookieContainer();
        cookies.Add(node.Address, new Cookie("theme", "dark"));
        using var client = node.Client(cookies);
        return await client.GetAsync("/cop");
    }
}
