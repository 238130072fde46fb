using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using KnowledgePortal.Search.Indexing;

namespace KnowledgePortal.Tests.Search;

/// <summary>
/// This program once more, as a process that goes on with an index, commit by commit, and kills itself (SIGKILL) at a chosen step of writing a file. It prints
/// the number of each commit that returned.
/// </summary>
internal static class CrashingProcess
{
    private const string Variable = "PORTAL_TEST_CRASH";
    private const int MostCommits = 40;

    /// <summary>Before any test could run: the started process is not one that tests.</summary>
    [ModuleInitializer]
    internal static void RunInsteadOfTests()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is not [var folder, var extension, var step, var inMerge])
            return;
        Write(folder, extension, step, bool.Parse(inMerge));
        Environment.Exit(0);
    }

    /// <summary>The documents after so many commits: every third of the older ones was deleted.</summary>
    public static IEnumerable<string> Expected(int commits) => Enumerable.Range(0, commits).Where(i => i % 3 != 0 || i > commits - 1 - Delay).Select(i => $"d{i}");

    private const int Delay = 4;

    /// <summary>Runs it until it is dead and returns the last commit that it reported; -1 for none.</summary>
    public static (int Commit, int ExitCode) Start(string folder, string extension, string step, bool inMerge)
    {
        var host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
            start.ArgumentList.Add(typeof(CrashingProcess).Assembly.Location);
        start.Environment[Variable] = $"{folder}|{extension}|{step}|{inMerge}";
        using var process = Process.Start(start)!;
        var commit = -1;
        while (process.StandardOutput.ReadLine() is { } line)
            commit = int.Parse(line, CultureInfo.InvariantCulture);
        process.WaitForExit();
        return (commit, process.ExitCode);
    }

    private static void Write(string folder, string extension, string step, bool inMerge)
    {
        using var writer = IndexWriter.Open(folder, Seeds.Schema, Seeds.Analyzer);
        var main = Environment.CurrentManagedThreadId;
        var first = int.Parse(writer.CommitData ?? "0", CultureInfo.InvariantCulture);
        DurableFile.FailPoint = (path, at) =>
        {
            if (path.EndsWith(extension, StringComparison.Ordinal) && at == step && Environment.CurrentManagedThreadId != main == inMerge)
                Process.GetCurrentProcess().Kill();
        };
        for (var i = first; i < first + MostCommits; i++)
        {
            writer.Update(new Document($"d{i}").AddText("body", $"เสวนา {i}").AddKeyword("kind", "cop").AddNumber("held", i));
            if ((i - Delay) % 3 == 0)
                writer.Delete($"d{i - Delay}");
            writer.Commit($"{i + 1}");
            Console.WriteLine(i + 1);
            writer.FinishMerges();
        }
    }
}
