using KnowledgePortal.Search.Analysis;
using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class IndexWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private IndexWriter Open() => IndexWriter.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);

    private static Document Named(string key, string text) => new Document(key).AddText("body", text).Store("body", text);

    [Fact]
    public void Changes_are_visible_after_the_commit_and_not_before()
    {
        using var writer = Open();
        writer.Update(Named("a", "เสวนา"));
        writer.OpenSearcher().DocumentCount.ShouldBe(0);
        writer.DocumentCount.ShouldBe(1);
        writer.Commit("1");
        writer.OpenSearcher().Keys("เสวนา").ShouldBe(["a"]);
    }

    [Fact]
    public void A_searcher_stays_as_it_was()
    {
        using var writer = Open();
        for (var i = 0; i < 20; i++)
        {
            writer.Update(Named($"d{i}", "เสวนา"));
            writer.Commit("");
        }
        var before = writer.OpenSearcher();
        var result = before.Search(new SearchRequest { Query = "เสวนา" });
        writer.DeleteAll();
        writer.Commit("");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        before.Search(new SearchRequest { Query = "เสวนา" }).Total.ShouldBe(20);
        result.Hits[0].Stored("body").ShouldBe("เสวนา");
        writer.OpenSearcher().Search(new SearchRequest()).Total.ShouldBe(0);
    }

    [Fact]
    public void What_was_not_committed_is_gone_after_reopening()
    {
        using (var writer = Open())
        {
            writer.Update(Named("a", "เสวนา"));
            writer.Commit("kept");
            writer.Update(Named("b", "เสวนา"));
            writer.Delete("a");
        }
        using var reopened = Open();
        reopened.CommitData.ShouldBe("kept");
        reopened.OpenSearcher().Keys("เสวนา").ShouldBe(["a"]);
    }

    [Fact]
    public void Many_small_commits_leave_few_files()
    {
        using var writer = Open();
        for (var i = 0; i < 200; i++)
        {
            writer.Update(Named($"d{i % 150}", $"เสวนา {i}"));
            writer.Commit("");
        }
        Directory.GetFiles(_folder.Path).Length.ShouldBeLessThan(40);
        writer.OpenSearcher().Search(new SearchRequest { Query = "เสวนา" }).Total.ShouldBe(150);
    }

    [Fact]
    public void A_second_writer_is_refused_and_may_follow_the_first()
    {
        using (Open())
            Should.Throw<IOException>(Open).ShouldNotBeOfType<DamagedIndexException>();
        using var second = Open();
    }

    [Fact]
    public void An_index_of_another_schema_or_dictionary_is_foreign()
    {
        using (var writer = Open())
            Seeds.AddTo(writer);
        Should.Throw<DamagedIndexException>(() => IndexWriter.Open(_folder.Path, Seeds.Schema with { KeywordFields = ["kind"] }, Seeds.Analyzer));
        Should.Throw<DamagedIndexException>(() => IndexWriter.Open(_folder.Path, Seeds.Schema, new ThaiAnalyzer(["คำของเว็บไซต์นี้"], [])));
        using var again = Open();
        again.DocumentCount.ShouldBe(5);
    }

    [Fact]
    public void Every_damaged_byte_and_every_missing_file_is_detected()
    {
        using (var writer = Open())
        {
            Seeds.AddTo(writer);
            writer.Delete(Seeds.Cop);
            writer.Commit("damage me");
        }
        var files = Directory.GetFiles(_folder.Path).Where(path => !path.EndsWith("write.lock", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBe(3);
        foreach (var path in files)
        {
            var good = File.ReadAllBytes(path);
            for (var at = 0; at < good.Length; at += Math.Max(1, good.Length / 40))
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= 0x10;
                File.WriteAllBytes(path, bad);
                Should.Throw<DamagedIndexException>(Open);
                File.WriteAllBytes(path, good[..at]);
                Should.Throw<DamagedIndexException>(Open);
            }
            File.Delete(path);
            Should.Throw<DamagedIndexException>(Open);
            File.WriteAllBytes(path, good);
        }
        using var healed = Open();
        healed.CommitData.ShouldBe("damage me");
        healed.DocumentCount.ShouldBe(4);
    }

    [Fact]
    public void The_rest_of_a_crashed_write_is_removed()
    {
        using (var writer = Open())
            Seeds.AddTo(writer);
        File.WriteAllText(Path.Combine(_folder.Path, "000000ff.segment.tmp"), "half");
        File.WriteAllText(Path.Combine(_folder.Path, "000000fe.segment"), "never committed");
        using var again = Open();
        Directory.GetFiles(_folder.Path).Length.ShouldBe(3);
        again.OpenSearcher().DocumentCount.ShouldBe(5);
    }

    [Fact]
    public async Task Searchers_and_a_writer_work_at_the_same_time()
    {
        using var writer = Open();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var result = writer.OpenSearcher().Search(new SearchRequest { Query = "เสวนา นวัตกรรม", Top = 50 });
                result.Hits.Count.ShouldBe((int)Math.Min(50, result.Total));
                result.Hits.ShouldAllBe(hit => hit.Stored("body")!.Contains("เสวนา"));
            }
        })).ToArray();
        for (var i = 0; i < 100; i++)
        {
            writer.Update(Named($"d{i % 60}", $"เสวนา นวัตกรรม {i}"));
            writer.Commit($"{i}");
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);
        writer.OpenSearcher().DocumentCount.ShouldBe(60);
    }
}
