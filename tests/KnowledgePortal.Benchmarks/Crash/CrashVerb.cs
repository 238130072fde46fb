using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Tests.Crashes.Harness;
using KnowledgePortal.Tests.Support;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>
/// <c>crash --kills N</c>: a site that is killed N times under writers; <c>crash --nth</c>: every n-th step of an operation fails; <c>crash --starts N</c>: N
/// processes begin at once on an empty PostgreSQL. <c>--postgres</c> starts a server for it. One JSON line at the end; exit code 0 only when all is well.
/// </summary>
internal static class CrashVerb
{
    public static async Task<int> RunAsync(string[] rest)
    {
        var arguments = new Arguments(rest);
        using var server = rest.Contains("--postgres") ? await PostgresCluster.StartAsync(isDurable: true) : null;
        var database = server?.ConnectionString("postgres") ?? arguments.Find("database") ?? "";
        var folder = Directory.CreateTempSubdirectory("portal-crash-").FullName;
        try
        {
            if (rest.Contains("--starts")) return await new ColdStarts(folder, Root(), database, arguments.Number("starts", 50)).RunAsync();
            return rest.Contains("--nth")
                ? await new NthFailures(folder, database, [.. arguments.All("operation")], [.. arguments.All("point")]).RunAsync()
                : await new RandomKills(folder, database, arguments.Number("seed", 1), arguments.Number("kills", 1000)).RunAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<CrashSite> SetUpAsync(string data, string database)
    {
        var site = new CrashSite(data, Root(), database);
        await site.SetUpAsync();
        return site;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "KnowledgePortal.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("KnowledgePortal.sln");
        return folder;
    }
}
