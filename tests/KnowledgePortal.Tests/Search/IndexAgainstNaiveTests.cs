using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class IndexAgainstNaiveTests
{
    /// <summary>Words without synonyms, each a single token, apart from each other in the query so that nearness plays no part.</summary>
    private static readonly string[] Words = ["ขอนแก่น", "นวัตกรรม", "เสวนา", "network", "สงขลา", "เกษตรกร", "โรงเรียน"];

    public sealed record Step(int Kind, int Key, string Title, string Body);

    private static readonly Gen<string> Text = Gen.Elements(Words).ListOf().Select(words => string.Join(" ๆ ", words.Take(10)));

    private static readonly Gen<Step> AnyStep =
        Gen.Choose(0, 9).SelectMany(kind => Gen.Choose(0, 30).SelectMany(key => Text.SelectMany(title => Text.Select(body => new Step(kind, key, title, body)))));

    [Fact]
    public void The_words_of_these_tests_are_single_tokens() =>
        Words.ShouldAllBe(word => Seeds.Analyzer.Analyze(word).Tokens.Count == 1 && Seeds.Analyzer.Synonyms.Of(word).Count == 0);

    [Fact]
    public void After_any_sequence_of_changes_hits_and_scores_equal_those_of_a_naive_scorer() =>
        Prop.ForAll(Arb.From(AnyStep.ListOf(40)), Arb.From(Gen.Elements(Words).ListOf(3)), (steps, query) => Check([.. steps], [.. query.Distinct()]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Check(List<Step> steps, List<string> query)
    {
        using var folder = new TemporaryFolder();
        var expected = new List<(string Key, string Title, string Body)>();
        var writer = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        foreach (var step in steps)
            writer = Apply(step, writer, folder.Path, expected);
        writer.Commit("end");
        Compare(writer.OpenSearcher(), expected, query);
        writer.Dispose();
        using var reopened = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        reopened.DocumentCount.ShouldBe(expected.Count);
        reopened.CommitData.ShouldBe("end");
        Compare(reopened.OpenSearcher(), expected, query);
    }

    private static IndexWriter Apply(Step step, IndexWriter writer, string folder, List<(string Key, string Title, string Body)> expected)
    {
        var key = $"doc{step.Key}";
        switch (step.Kind)
        {
            case 0:
                expected.RemoveAll(document => document.Key == key);
                writer.Delete(key);
                break;
            case 1 or 2 or 3:
                writer.Commit("middle");
                break;
            case 4:
                writer.Commit("reopen");
                writer.Dispose();
                return IndexWriter.Open(folder, Seeds.Schema, Seeds.Analyzer);
            default:
                expected.RemoveAll(document => document.Key == key);
                expected.Add((key, step.Title, step.Body));
                writer.Update(new Document(key).AddText("title", step.Title).AddText("body", step.Body).Store("title", step.Title));
                break;
        }
        return writer;
    }

    private static void Compare(Searcher searcher, List<(string Key, string Title, string Body)> documents, List<string> words)
    {
        var known = words.Where(word => documents.Exists(d => d.Title.Contains(word) || d.Body.Contains(word))).ToList();
        var naive = new NaiveScorer(Seeds.Analyzer, documents, 3).Search(known);
        // ๆ keeps the words apart, and a word that no document has would be looked for by its clusters.
        var result = searcher.Search(new SearchRequest { Query = string.Join(" a ", known), Top = 1000 });
        if (known.Count == 0)
            return;
        result.Total.ShouldBe(naive.Count);
        result.Hits.Count.ShouldBe(naive.Count);
        var order = documents.Select((document, i) => (document.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        for (var i = 0; i < result.Hits.Count; i++)
        {
            var hit = result.Hits[i];
            ((double)hit.Score).ShouldBe(naive[hit.Key], 1e-4);
            hit.Stored("title").ShouldBe(documents[order[hit.Key]].Title);
            if (i > 0)
                (hit.Score < result.Hits[i - 1].Score || hit.Score == result.Hits[i - 1].Score && order[hit.Key] > order[result.Hits[i - 1].Key]).ShouldBeTrue();
        }
    }
}
