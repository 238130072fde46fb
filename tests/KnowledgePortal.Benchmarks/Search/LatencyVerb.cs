using System.Diagnostics;
using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Times queries, warm: per query the median of its rounds, then percentiles over the queries of a kind and over all, in milliseconds.</summary>
internal static class LatencyVerb
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(8);

    public static int Run(Arguments arguments)
    {
        using var writer = BenchmarkIndex.Open(arguments.One("index"));
        var searcher = writer.OpenSearcher();
        var queries = File.ReadLines(arguments.One("queries")).Select(line => line.Split('\t', 3)).Where(parts => parts.Length == 3)
            .Select(parts => (Kind: parts[0], Query: Typed(parts[1], parts[2]))).ToList();
        var rounds = arguments.Number("rounds", 5);
        var times = queries.Select(_ => new List<double>()).ToList();
        WarmUp(searcher, queries);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < queries.Count; i++)
                times[i].Add(Time(searcher, queries[i].Query));
        }
        var medians = queries.Select((query, i) => (query.Kind, Time: times[i].Order().ElementAt(rounds / 2))).ToList();
        foreach (var kind in medians.GroupBy(m => m.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            Print(kind.Key, [.. kind.Select(m => m.Time).Order()]);
        Print("all", [.. medians.Select(m => m.Time).Order()]);
        return 0;
    }

    /// <summary>Whole rounds, until the runtime has had the time to compile what is used most.</summary>
    private static void WarmUp(Searcher searcher, List<(string Kind, string Query)> queries)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < LongEnough;)
        {
            foreach (var (_, query) in queries)
                Time(searcher, query);
        }
    }

    private static double Time(Searcher searcher, string query)
    {
        var start = Stopwatch.GetTimestamp();
        searcher.Search(new SearchRequest { Query = query, Top = 10, CountTotal = false });
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Typed(string operation, string text) => operation switch
    {
        "and" => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => "+" + word)),
        "phrase" => $"\"{text}\"",
        _ => text,
    };

    private static void Print(string kind, List<double> sorted)
    {
        double Percentile(double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(share * sorted.Count) - 1)];
        Console.WriteLine(FormattableString.Invariant($"{kind}\t{Percentile(.5):F3}\t{Percentile(.95):F3}\t{Percentile(.99):F3}"));
    }
}
