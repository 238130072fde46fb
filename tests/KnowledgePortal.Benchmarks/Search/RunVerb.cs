using KnowledgePortal.Search.Queries;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Answers queries as typed by a person and writes a TREC run.</summary>
internal static class RunVerb
{
    public static int Run(Arguments arguments)
    {
        using var writer = BenchmarkIndex.Open(arguments.One("index"));
        var searcher = writer.OpenSearcher();
        using var output = new StreamWriter(arguments.One("out"));
        foreach (var line in BenchmarkIndex.Lines(arguments.One("queries")))
        {
            var rank = 1;
            foreach (var hit in searcher.Search(new SearchRequest { Query = line.Text("text"), Top = arguments.Number("top", 100), CountTotal = false }).Hits)
                output.WriteLine(FormattableString.Invariant($"{line.Text("id")} Q0 {hit.Key} {rank++} {hit.Score} portal"));
        }
        return 0;
    }
}
