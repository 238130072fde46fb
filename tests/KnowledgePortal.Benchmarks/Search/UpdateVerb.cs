using System.Diagnostics;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Adds, changes and deletes 1,000 documents, each with its own commit, and prints after how many milliseconds each was visible.</summary>
internal static class UpdateVerb
{
    private const int Count = 1000;

    public static int Run(Arguments arguments)
    {
        using var writer = BenchmarkIndex.Open(arguments.One("index"));
        Measure("add", writer, i => writer.Update(BenchmarkIndex.ToDocument($"update-{i}", $"เพิ่มเอกสาร kpadd{i}", "ข้อความสำหรับวัดเวลา")), i => $"kpadd{i}", 1);
        Measure("change", writer, i => writer.Update(BenchmarkIndex.ToDocument($"update-{i}", $"แก้เอกสาร kpchange{i}", "ข้อความสำหรับวัดเวลา")), i => $"kpchange{i}", 1);
        Measure("delete", writer, i => writer.Delete($"update-{i}"), i => $"kpchange{i}", 0);
        return 0;
    }

    private static void Measure(string name, IndexWriter writer, Action<int> change, Func<int, string> query, int expected)
    {
        var times = new List<double>();
        for (var i = 0; i < Count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            change(i);
            writer.Commit($"{name} {i}");
            if (writer.OpenSearcher().Search(new SearchRequest { Query = query(i) }).Total != expected)
                throw new InvalidOperationException($"{name} {i} is not visible.");
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"{name}\tp50 {times[Count / 2]:F1}\tp95 {times[Count * 95 / 100]:F1}\tmax {times[^1]:F1}"));
    }
}
