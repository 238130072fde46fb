using KnowledgePortal.Benchmarks.Search;
using KnowledgePortal.Tests.Crashes.Harness;

namespace KnowledgePortal.Benchmarks.Crash;

/// <summary>
/// <c>crash --kills N</c>: a site that is killed N times under writers; <c>crash --nth</c>: every n-th step of an operation fails. One JSON line at the end;
/// exit code 0 only when nothing was lost and nothing half-done.
/// </summary>
internal static class CrashVerb
{
    public static async Task<int> RunAsync(string[] rest)
    {
        var arguments = new Arguments(rest);
        var database = arguments.Find("database") ?? "";
        var folder = Directory.CreateTempSubdirectory("portal-crash-").FullName;
        try
        {
            return rest.Contains("--nth")
                ? await new NthFailures(folder, database).RunAsync()
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
