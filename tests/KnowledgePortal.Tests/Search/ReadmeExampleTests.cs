using System.Runtime.CompilerServices;
using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using KnowledgePortal.Search.Snippets;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class ReadmeExampleTests
{
    [Fact]
    public void The_example_of_the_engines_readme_finds_its_document_and_is_what_is_tested_here()
    {
        using var folder = new TemporaryFolder();
        var output = Run(folder.Path);
        output.ShouldHaveSingleItem().ShouldEndWith(" เสวนาการสร้างองค์กรนวัตกรรมภาครัฐ");
        var here = Lines(File.ReadAllText(ThisFile()));
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/KnowledgePortal.Search/README.md"));
        var example = readme.Split("```csharp")[1].Split("```")[0].Replace("\"/var/lib/example/index\"", "folder", StringComparison.Ordinal).Replace("Console.WriteLine", "output.Add", StringComparison.Ordinal);
        Lines(example).Except(here).ShouldBeEmpty();
    }

    private static List<string> Run(string folder)
    {
        var output = new List<string>();
        var schema = new IndexSchema(
            TextFields: [new TextField("title", 3), new TextField("body", 1)],
            KeywordFields: ["kind", "viewers"],
            NumberFields: ["day"]);
        var analyzer = new ThaiAnalyzer(words: ["ขอนแก่นศึกษา"], synonyms: ["ตปร. = ตลาดประชารัฐร่วมใจ"]);

        using var writer = IndexWriter.Open(folder, schema, analyzer);
        writer.Update(new Document("1")
            .AddText("title", "เสวนาการสร้างองค์กรนวัตกรรมภาครัฐ")
            .AddText("body", "ชุมชนนักปฏิบัติ (CoPs) ครั้งที่ 4/2563 ณ สถาบันดำรงราชานุภาพ")
            .AddKeyword("kind", "cop").AddKeyword("viewers", "everybody")
            .AddNumber("day", new DateOnly(2020, 7, 9).DayNumber)
            .Store("title", "เสวนาการสร้างองค์กรนวัตกรรมภาครัฐ"));
        writer.Commit("position 1 of the database");

        var result = writer.OpenSearcher().Search(new SearchRequest
        {
            Query = "องค์กรนวัตกรม 63",
            Facets = ["kind"],
            Visibility = new Visibility("viewers", new HashSet<string> { "everybody" }),
            Preferences = [new Preference("day", Best: DateOnly.FromDateTime(DateTime.Today).DayNumber, HalfDistance: 730, Strength: 0.1f)],
        });
        var highlighter = new Highlighter(result.Query, analyzer);
        foreach (var hit in result.Hits)
            output.Add($"{hit.Score:F2} {highlighter.Snippet(hit.Stored("title") ?? "", 80).Text}");
        return output;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
