using System.Diagnostics;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Builds an index and prints how long it took and how large it is.</summary>
internal static class IndexVerb
{
    public static int Run(Arguments arguments)
    {
        var folder = arguments.One("out");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var watch = Stopwatch.StartNew();
        using var writer = BenchmarkIndex.Open(folder);
        foreach (var line in arguments.All("docs").SelectMany(BenchmarkIndex.Lines))
            writer.Update(BenchmarkIndex.ToDocument(line.Text("id"), line.Text("title"), line.Text("text")));
        writer.Commit("");
        writer.FinishMerges();
        var megabytes = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / 1e6;
        Console.WriteLine(FormattableString.Invariant($"documents {writer.DocumentCount} seconds {watch.Elapsed.TotalSeconds:F1} megabytes {megabytes:F1}"));
        return 0;
    }
}
