using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>Writes documents as lines of id, title and text, cut into the engine's own words with spaces between, for engines that cannot segment Thai.</summary>
internal static class TokensVerb
{
    public static int Run(Arguments arguments)
    {
        var analyzer = new ThaiAnalyzer();
        using var output = new StreamWriter(arguments.One("out"));
        foreach (var line in arguments.All("docs").SelectMany(BenchmarkIndex.Lines))
            output.WriteLine($"{line.Text("id")}\t{Words(analyzer, line.Text("title"))}\t{Words(analyzer, line.Text("text"))}");
        return 0;
    }

    private static string Words(ThaiAnalyzer analyzer, string text)
    {
        var analyzed = analyzer.Analyze(text);
        return string.Join(' ', analyzed.Tokens.Where(token => !token.IsDerived).Select(token => analyzed.TermOf(token).ToString()));
    }
}
