using System.Diagnostics;
using KnowledgePortal.Web;

namespace KnowledgePortal.Benchmarks.Pages;

/// <summary>The demo in a folder, on SQLite or on a PostgreSQL database that is empty.</summary>
internal static class BenchmarkSite
{
    public const string Administrator = "admin@demo.example";
    public const string Password = "แม่น้ำสองสาย 14 สะพาน";

    public static string Program { get; } = typeof(Portal).Assembly.Location;

    /// <param name="folder">An empty folder.</param>
    /// <param name="database">A PostgreSQL connection string; null for SQLite.</param>
    public static Dictionary<string, string> Environment(string folder, string? database)
    {
        var environment = new Dictionary<string, string>
        {
            ["PORTAL_DATA"] = Path.Combine(folder, "data"), ["PORTAL_DEMO_PASSWORD"] = Password,
            ["PORTAL_SEARCH_RATE"] = "100000", ["PORTAL_CHANGE_RATE"] = "100000",
            ["PORTAL_API_RATE"] = "100000", ["PORTAL_API_WRITE_RATE"] = "100000",
        };
        if (database is not null) environment["PORTAL_DATABASE"] = database;
        return environment;
    }

    public static async Task SetUpAsync(IReadOnlyDictionary<string, string> environment)
    {
        var recipe = Path.Combine(RepositoryRoot(), "recipes", "demo.recipe.json");
        var start = new ProcessStartInfo("dotnet", [Program, "setup", recipe]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"setup: exit code {process.ExitCode}: {output}");
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "KnowledgePortal.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("KnowledgePortal.sln");
        return folder;
    }
}
