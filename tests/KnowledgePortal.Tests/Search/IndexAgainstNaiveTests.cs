using FsCheck;
using FsCheck.Fluent;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class IndexAgainstNaiveTests
{
    private const int TitleBoost = 3;
    private const int BestDocuments = 32;

    internal sealed record Step(int Kind, int Key, string Title, string Body, int Held);

    private static readonly Gen<Step> AnyStep =
        from kind in Gen.Choose(0, 11)
        from key in Gen.Choose(0, 30)
        from title in AnyQuery.Text(6)
        from body in AnyQuery.Text(12)
        from held in Gen.Choose(1, 9)
        select new Step(kind, key, title, body, held);

    [Fact]
    public void The_words_of_these_tests_are_single_tokens() =>
        AnyQuery.Words.ShouldAllBe(word => Seeds.Analyzer.Analyze(word).Tokens.Count == 1 && Seeds.Analyzer.Synonyms.Of(word).Count == 0);

    [Fact]
    public void After_any_sequence_of_changes_every_kind_of_query_gives_the_hits_scores_and_order_of_a_naive_scorer() =>
        Prop.ForAll(Arb.From(AnyStep.ListOf(40)), Arb.From(AnyQuery.Any.ListOf(6)), (steps, queries) => Check([.. steps], [.. queries]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    /// <summary>Enough documents for many blocks and windows, so that most of them are passed over.</summary>
    [Fact]
    public void What_is_passed_over_would_not_have_been_among_the_best()
    {
        using var folder = new TemporaryFolder();
        using var writer = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        var documents = Gen.Sample(AnyStep, 3_000).Select((step, i) => ToDocument($"d{i}", step)).ToList();
        for (var i = 0; i < documents.Count; i++)
        {
            writer.Update(ToIndexed(documents[i]));
            if (i is 100 or 2_500)
                writer.Commit("part");
        }
        foreach (var document in documents.Where((_, i) => i % 7 == 0))
            writer.Delete(document.Key);
        writer.Commit("end");
        documents = [.. documents.Where((_, i) => i % 7 != 0)];
        var naive = new NaiveScorer(Seeds.Analyzer, documents, TitleBoost);
        foreach (var query in Gen.Sample(AnyQuery.Any, 20))
            Compare(writer.OpenSearcher(), documents, naive, query);
    }

    /// <summary>So many that the most promising windows are looked at first. A search for all documents passes none over.</summary>
    [Fact]
    public void The_best_of_many_documents_are_the_first_of_all()
    {
        using var folder = new TemporaryFolder();
        using var writer = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        var step = Gen.Sample(AnyStep, 400).ToList();
        for (var i = 0; i < 12_000; i++)
            writer.Update(ToIndexed(ToDocument($"d{i}", step[i * 7 % 397] with { Title = step[i * 3 % 399].Title })));
        writer.Commit("end");
        foreach (var query in Gen.Sample(AnyQuery.Any, 60))
        {
            List<(string, float)> Best(int top) => [.. writer.OpenSearcher().Search(new SearchRequest { Query = query.Typed, Top = top, CountTotal = false }).Hits.Select(hit => (hit.Key, hit.Score))];
            var all = Best(12_000);
            Best(10).ShouldBe(all.Take(10), query.Typed);
            Best(150).ShouldBe(all.Take(150), query.Typed);
        }
    }

    private static void Check(List<Step> steps, List<NaiveQuery> queries)
    {
        using var folder = new TemporaryFolder();
        var expected = new List<PlainDocument>();
        var committed = new List<PlainDocument>();
        var writer = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        foreach (var step in steps)
            writer = Apply(step, writer, folder.Path, expected, committed);
        writer.Commit("end");
        var naive = new NaiveScorer(Seeds.Analyzer, expected, TitleBoost);
        foreach (var query in queries)
            Compare(writer.OpenSearcher(), expected, naive, query);
        writer.Dispose();
        using var reopened = IndexWriter.Open(folder.Path, Seeds.Schema, Seeds.Analyzer);
        reopened.DocumentCount.ShouldBe(expected.Count);
        reopened.CommitData.ShouldBe("end");
        Compare(reopened.OpenSearcher(), expected, naive, queries[0]);
    }

    private static IndexWriter Apply(Step step, IndexWriter writer, string folder, List<PlainDocument> expected, List<PlainDocument> committed)
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
                committed.Clear();
                committed.AddRange(expected);
                break;
            case 4:
                // What was not committed is lost, as it is when the process ends.
                writer.Dispose();
                expected.Clear();
                expected.AddRange(committed);
                return IndexWriter.Open(folder, Seeds.Schema, Seeds.Analyzer);
            default:
                var document = ToDocument(key, step);
                expected.RemoveAll(other => other.Key == key);
                expected.Add(document);
                writer.Update(ToIndexed(document));
                break;
        }
        return writer;
    }

    private static PlainDocument ToDocument(string key, Step step) => new(key, step.Title, step.Body, step.Held % 2 == 0 ? "cop" : "workshop", step.Held);

    private static Document ToIndexed(PlainDocument document) =>
        new Document(document.Key).AddText("title", document.Title).AddText("body", document.Body).AddKeyword("kind", document.Kind).AddNumber("held", document.Held)
            .Store("title", document.Title);

    private static void Compare(Searcher searcher, List<PlainDocument> documents, NaiveScorer naive, NaiveQuery query)
    {
        var expected = naive.Search(query);
        var result = searcher.Search(new SearchRequest { Query = query.Typed, Top = documents.Count, Facets = ["kind"] });
        result.Total.ShouldBe(expected.Count, query.Typed);
        result.Hits.Select(hit => hit.Key).ShouldBe(expected.Keys, ignoreOrder: true, query.Typed);
        result.Facets["kind"].Sum(facet => facet.Count).ShouldBe(expected.Count);
        var order = documents.Select((document, i) => (document.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        for (var i = 0; i < result.Hits.Count; i++)
        {
            var hit = result.Hits[i];
            ((double)hit.Score).ShouldBe(i < BestDocuments ? expected[hit.Key].WithPairs : expected[hit.Key].Alone, 1e-3, query.Typed);
            hit.Stored("title").ShouldBe(documents[order[hit.Key]].Title);
            if (i > 0)
                (hit.Score < result.Hits[i - 1].Score || hit.Score == result.Hits[i - 1].Score && order[hit.Key] > order[result.Hits[i - 1].Key]).ShouldBeTrue(query.Typed);
        }
        // Neighbouring words count in the documents that are the best without them.
        var worst = result.Hits.Take(BestDocuments).Select(hit => expected[hit.Key].Alone).DefaultIfEmpty(0).Min();
        result.Hits.Skip(BestDocuments).ShouldAllBe(hit => expected[hit.Key].Alone <= worst + 1e-3, query.Typed);
        foreach (var top in new[] { 1, 10 })
        {
            searcher.Search(new SearchRequest { Query = query.Typed, Top = top, CountTotal = false }).Hits.Select(hit => (hit.Key, hit.Score))
                .ShouldBe(result.Hits.Take(top).Select(hit => (hit.Key, hit.Score)), query.Typed);
        }
    }
}
