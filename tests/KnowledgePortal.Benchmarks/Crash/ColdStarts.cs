using System.Diagnostics;
using System.Text.Json;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Crashes.Harness;
using KnowledgePortal.Tests.Support;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>Many processes begin to serve at once on an empty database: one migrates and sets up, the others wait for it, and all serve the same.</summary>
internal sealed class ColdStarts(string folder, string repository, string server, int starts)
{
    public async Task<int> RunAsync()
    {
        var (first, alone) = (await ServeAsync(1), await SchemaAsync());
        await first.Single().DisposeAsync();
        await new CrashSite(Folder(0), repository, server).EmptyDatabaseAsync();

        var watch = Stopwatch.StartNew();
        var served = await ServeAsync(starts);
        var seconds = watch.Elapsed.TotalSeconds;
        using var client = new HttpClient();
        var answers = await Task.WhenAll(served.Select(async s => (await client.GetAsync(new Uri(s.Address, "/"))).IsSuccessStatusCode));
        await using var database = new Database("", server);
        var transactions = await SchemaText.TransactionsAsync(database);
        var isSame = alone.SequenceEqual(await SchemaAsync());
        foreach (var site in served) await site.DisposeAsync();
        Console.Out.WriteLine(JsonSerializer.Serialize(new { starts, serving = answers.Count(a => a), transactionsThatMigrated = transactions, schemaAsAlone = isSame, seconds = Math.Round(seconds, 1) }));
        return answers.All(a => a) && answers.Length == starts && transactions == 1 && isSame ? 0 : 1;
    }

    private async Task<ServedSite[]> ServeAsync(int count)
    {
        var starting = Enumerable.Range(0, count).Select(n =>
            new CrashSite(Folder(n), repository, server, Path.Combine(folder, "media")).ServeAsync(null, "--setup", Path.Combine(repository, "recipes", "setup.recipe.json"))).ToList();
        try
        {
            return await Task.WhenAll(starting);
        }
        catch
        {
            // WhenAll comes back when the last one has: none is left behind.
            foreach (var served in starting.Where(s => s.IsCompletedSuccessfully)) await (await served).DisposeAsync();
            throw;
        }
    }

    private string Folder(int number) => Path.Combine(folder, $"node{number}");

    private async Task<IReadOnlyList<string>> SchemaAsync()
    {
        await using var database = new Database("", server);
        return await SchemaText.OfAsync(database);
    }
}
