using System.Diagnostics;
using System.Net;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Web.Nodes;

/// <summary>The database goes away under load and comes back: the site says so, and heals by itself.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_of_the_database_under_load_heals()
    {
        Assert.SkipUnless(TestDatabase.IsPostgres, "only a server restarts");
        using var folder = new ScratchFolder();
        using var cluster = await PostgresCluster.StartAsync();
        var database = cluster.ConnectionString("postgres");
        var media = Path.Combine(folder.Path, "media");
        await using (var site = new ServiceCollection().AddLogging().AddPortal(Offline.Settings(Path.Combine(folder.Path, "setup")) with { Database = database, SharedMedia = media }).BuildServiceProvider())
            (await SetupVerb.SetUpAsync(Repository.File("recipes", "setup.recipe.json"), site)).ShouldBe(Verbs.Done);
        await using var node = await NodeProcess.StartAsync(Path.Combine(folder.Path, "node"), media, database);
        using var kept = node.Client();
        await kept.GetAsync("/about");

        using var ended = new CancellationTokenSource();
        var answers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AskAsync(node, ended.Token))));
        foreach (var mode in new[] { "fast", "immediate" })
        {
            await cluster.StopAsync(mode);
            await Patience.UntilAsync("it says that the database is away", async () => await AskAsync(node) == HttpStatusCode.ServiceUnavailable);
            using var answer = await AwayAsync(node);
            answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
            (await answer.Content.ReadAsStringAsync()).ShouldContain("ระบบไม่ว่างชั่วคราว");
            using var api = await kept.GetAsync("/api/v1/content");
            (api.StatusCode, api.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.ServiceUnavailable, "application/problem+json"));
            (await api.Content.ReadAsStringAsync()).ShouldContain("/problems/", Case.Sensitive, "the API's own kinds of problems, as its reference names them");
            (await kept.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await (await kept.GetAsync("/health/ready")).Content.ReadAsStringAsync()).ShouldBe("PostgreSQL does not answer");
            await cluster.StartAgainAsync();
            var watch = Stopwatch.StartNew();
            await Patience.UntilAsync("it is well again", async () => await AskAsync(node) == HttpStatusCode.OK);
            TestContext.Current.TestOutputHelper?.WriteLine($"{mode}: well after {watch.Elapsed.TotalSeconds:0.0} s");
        }
        await Patience.UntilAsync("it runs the jobs again", async () =>
        {
            await using var site = new Database("", database);
            return await site.FirstAsync<long>("select count(*) from leases where ends_at > unixepoch()") == 1;
        });
        await ended.CancelAsync();
        var codes = (await answers).SelectMany(a => a).ToHashSet();
        codes.ShouldBeSubsetOf([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
    }

    private static async Task<HashSet<HttpStatusCode>> AskAsync(NodeProcess node, CancellationToken ended)
    {
        var codes = new HashSet<HttpStatusCode>();
        while (!ended.IsCancellationRequested) codes.Add(await AskAsync(node));
        return codes;
    }

    private static async Task<HttpStatusCode> AskAsync(NodeProcess node)
    {
        using var answer = await AwayAsync(node);
        return answer.StatusCode;
    }

    // With a cookie, so that no kept page answers.
    private static async Task<HttpResponseMessage> AwayAsync(NodeProcess node)
    {
        var cookies = new CookieContainer();
        cookies.Add(node.Address, new Cookie("theme", "dark"));
        using var client = node.Client(cookies);
        return await client.GetAsync("/cop");
    }
}
