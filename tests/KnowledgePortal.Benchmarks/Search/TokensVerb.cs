using KnowledgePortal.Search.Analysis;

namespace KnowledgePortal.Benchmarks.Search;

/// <summary>
/// Writes documents or queries as lines of id, title and text for other engines: cut into the engine's own words with spaces between, or as they are.
/// </summary>
internal static class TokensVerb
{
    public static int Run(Arguments arguments, bool cut)
    {
        var analyzer = new ThaiAnalyzer();
        string Form(string text) => cut ? Words(analyzer, text) : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        using var output = new StreamWriter(arguments.One("out"));
        foreach (var line in arguments.All("docs").SelectMany(BenchmarkIndex.Lines))
            output.Write($"{line.Text("id")}\t{Form(line.Text("title"))}\t{Form(line.Text("text"))}\n");
        return 0;
    }

    private static string Words(ThaiAnalyzer analyzer, string text)
    {
        var analyzed = analyzer.Analyze(text);
        return string.Join(' ', analyzed.Tokens.Where(token => !token.IsDerived).Select(token => analyzed.TermOf(token).ToString()));
    }
}
