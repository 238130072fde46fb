namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Compares a run with the judgements, lines of {qid,did,rel}: prints the means of nDCG@10 and recall@100 over the judged queries.</summary>
internal static class ScoreVerb
{
    public static int Run(Arguments arguments)
    {
        var half = arguments.All("half").LastOrDefault();
        var queries = BenchmarkIndex.Lines(arguments.One("queries")).Where(line => half is null || line.Text("half") is "" || line.Text("half") == half)
            .Select(line => line.Text("id")).ToList();
        var judged = BenchmarkIndex.Lines(arguments.One("qrels")).ToLookup(line => line.Text("qid"), line => (Id: line.Text("did"), Grade: line.GetProperty("rel").GetInt32()));
        var found = File.ReadLines(arguments.One("run")).Select(line => line.Split(' ')).ToLookup(parts => parts[0], parts => parts[2]);
        var measures = queries.Where(judged.Contains).Select(query => Measure([.. found[query]], judged[query].ToDictionary(j => j.Id, j => j.Grade))).ToList();
        Console.WriteLine(FormattableString.Invariant($"queries {measures.Count} ndcg@10 {measures.Average(m => m.Ndcg):F4} recall@100 {measures.Average(m => m.Recall):F4}"));
        return 0;
    }

    private static (double Ndcg, double Recall) Measure(List<string> found, Dictionary<string, int> grades)
    {
        var ideal = Gain(grades.Values.OrderDescending());
        var relevant = grades.Where(grade => grade.Value > 0).Select(grade => grade.Key).ToList();
        return (Gain(found.Select(id => grades.GetValueOrDefault(id))) / ideal, (double)found.Take(100).Intersect(relevant).Count() / relevant.Count);
    }

    private static double Gain(IEnumerable<int> grades) => grades.Take(10).Select((grade, rank) => (Math.Pow(2, grade) - 1) / Math.Log2(rank + 2)).Sum();
}
