using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

/// <summary>What a crash, a full disk or a damaged file leaves behind.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _copies = new();

    public void Dispose()
    {
        DurableFile.FailPoint = null;
        _folder.Dispose();
        _copies.Dispose();
    }

    private IndexWriter Open() => IndexWriter.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);

    private static Document Numbered(int i) => new Document($"d{i}").AddText("body", $"เสวนา {i}").AddKeyword("kind", "cop").AddNumber("held", i).Store("body", $"{i}");

    /// <summary>
    /// At every step of every write the folder is copied as a killed process would leave it. Each copy opens as the commit before or after, and
    /// can be continued.
    /// </summary>
    [Fact]
    public void A_process_killed_at_any_step_of_a_write_leaves_the_last_commit_or_the_next()
    {
        var copies = new List<(string Path, int Commits, string Step)>();
        var commits = 0;
        using (var writer = Open())
        {
            DurableFile.FailPoint = (path, step) =>
            {
                if (path.StartsWith(_folder.Path, StringComparison.Ordinal))
                    lock (copies)
                        copies.Add((Copy(copies.Count), commits, $"{step} {Path.GetFileName(path)}"));
            };
            for (var i = 0; i < 20; i++)
            {
                writer.Update(Numbered(i));
                if (i > 2)
                    writer.Delete($"d{i - 3}");
                writer.Commit($"{i + 1}");
                writer.FinishMerges();
                Volatile.Write(ref commits, i + 1);
            }
        }
        DurableFile.FailPoint = null;
        copies.Count.ShouldBeGreaterThan(150);
        copies.Select(copy => copy.Step.Split(' ')[0]).Distinct().Count().ShouldBe(4);
        foreach (var (path, before, step) in copies)
            CheckKilled(path, before, step);
    }

    [Fact]
    public void A_full_disk_leaves_the_last_commit_and_the_changes_that_wait()
    {
        using (var writer = Open())
        {
            Seeds.AddTo(writer);
            var failures = 0;
            foreach (var step in new[] { "create", "write", "synchronize", "rename" })
            {
                foreach (var extension in new[] { ".segment", ".live", ".commit" })
                {
                    DurableFile.FailPoint = (path, at) =>
                    {
                        if (path.StartsWith(_folder.Path, StringComparison.Ordinal) && path.EndsWith(extension, StringComparison.Ordinal) && at == step)
                            throw new IOException("No space left on device");
                    };
                    writer.Update(Numbered(failures));
                    writer.Update(Numbered(1000 + failures));
                    writer.Delete($"d{1000 + failures - 1}");
                    Should.Throw<IOException>(() => writer.Commit("refused"));
                    writer.OpenSearcher().DocumentCount.ShouldBe(5 + failures + (failures > 0 ? 1 : 0));
                    DurableFile.FailPoint = null;
                    writer.Commit($"{++failures}");
                    writer.FinishMerges();
                    writer.OpenSearcher().DocumentCount.ShouldBe(5 + failures + 1);
                }
            }
        }
        using var reopened = Open();
        Directory.GetFiles(_folder.Path, "*.tmp").ShouldBeEmpty(); // not before: a merge in the background writes one
        reopened.CommitData.ShouldBe("12");
        reopened.DocumentCount.ShouldBe(5 + 12 + 1);
    }

    [Fact]
    public void A_disk_that_is_full_during_a_merge_costs_nothing_but_the_merge()
    {
        using var writer = Open();
        DurableFile.FailPoint = (path, step) =>
        {
            // Merges run on threads of their own.
            if (path.StartsWith(_folder.Path, StringComparison.Ordinal) && step == "write" && Thread.CurrentThread.ManagedThreadId != MainThread)
                throw new IOException("No space left on device");
        };
        MainThread = Environment.CurrentManagedThreadId;
        for (var i = 0; i < 10; i++)
        {
            writer.Update(Numbered(i));
            writer.Commit($"{i}");
        }
        Should.Throw<IOException>(writer.FinishMerges);
        writer.OpenSearcher().DocumentCount.ShouldBe(10);
        DurableFile.FailPoint = null;
        writer.Commit("again");
        writer.FinishMerges();
        Directory.GetFiles(_folder.Path, "*.segment").Length.ShouldBeLessThan(8);
        writer.OpenSearcher().Search(new SearchRequest { Query = "เสวนา" }).Total.ShouldBe(10);
    }

    [Theory]
    [InlineData("truncated segment")]
    [InlineData("empty segment")]
    [InlineData("segment longer by a byte")]
    [InlineData("missing segment")]
    [InlineData("segments exchanged")]
    [InlineData("flipped bit in a segment")]
    [InlineData("flipped bit in the checksum of a segment")]
    [InlineData("zeros over the middle of a segment")]
    [InlineData("segment of another version")]
    [InlineData("truncated deletions")]
    [InlineData("missing deletions")]
    [InlineData("flipped bit in the deletions")]
    [InlineData("deletions of another segment")]
    [InlineData("deletions of another version")]
    [InlineData("truncated commit")]
    [InlineData("empty commit")]
    [InlineData("missing commit")]
    [InlineData("flipped bit in the commit")]
    [InlineData("commit of another version")]
    [InlineData("commit of another index")]
    [InlineData("text instead of the commit")]
    [InlineData("commit from before a merge")]
    public void Damage_is_told_and_never_searched(string damage)
    {
        using (var writer = Open())
        {
            Seeds.AddTo(writer);
            writer.Delete(Seeds.Cop);
            for (var i = 0; i < 3; i++)
                writer.Update(Numbered(i));
            writer.Commit("second");
            writer.Delete("d1");
            writer.Commit("third");
        }
        new Damage(_folder.Path, _copies.Path).Do(damage);
        Should.Throw<DamagedIndexException>(Open);
        Should.Throw<DamagedIndexException>(() => Searcher.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer));
        Directory.Delete(_folder.Path, recursive: true);
        using var rebuilt = Open();
        Seeds.AddTo(rebuilt);
        rebuilt.OpenSearcher().DocumentCount.ShouldBe(5);
    }

    [Fact]
    public void A_lock_file_left_behind_locks_nothing()
    {
        using (var writer = Open())
            Seeds.AddTo(writer);
        File.WriteAllText(Path.Combine(_folder.Path, "write.lock"), "4711");
        using var again = Open();
        again.DocumentCount.ShouldBe(5);
    }

    [Fact]
    public async Task Readers_beside_a_writer_always_find_one_whole_commit()
    {
        using var writer = Open();
        using var done = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var last = 0;
            while (!done.IsCancellationRequested)
            {
                var searcher = Searcher.Open(_folder.Path, Seeds.Schema, Seeds.Analyzer);
                var commit = int.Parse(searcher.CommitData ?? "0", System.Globalization.CultureInfo.InvariantCulture);
                commit.ShouldBeGreaterThanOrEqualTo(last);
                last = commit;
                searcher.DocumentCount.ShouldBe(Math.Min(commit, 20));
                searcher.Search(new SearchRequest { Query = "เสวนา" }).Total.ShouldBe(Math.Min(commit, 20));
            }
        });
        for (var i = 0; i < 120; i++)
        {
            writer.Update(Numbered(i % 20));
            writer.Commit($"{i + 1}");
        }
        await done.CancelAsync();
        await reader;
    }

    private int MainThread { get; set; }

    private string Copy(int number)
    {
        var target = Path.Combine(_copies.Path, $"{number}");
        Directory.CreateDirectory(target);
        foreach (var path in Directory.GetFiles(_folder.Path).Where(path => !path.EndsWith("write.lock", StringComparison.Ordinal)))
        {
            // Sharing all, because the writer is still at it.
            using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = File.Create(Path.Combine(target, Path.GetFileName(path)));
            source.CopyTo(copy);
        }
        return target;
    }

    private static void CheckKilled(string path, int before, string step)
    {
        using (var killed = IndexWriter.Open(path, Seeds.Schema, Seeds.Analyzer))
        {
            var commit = int.Parse(killed.CommitData ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            commit.ShouldBeInRange(before, before + 1, step);
            killed.OpenSearcher().Search(new SearchRequest { SortByNumberDescending = "held" }).Hits.Select(hit => hit.Key)
                .ShouldBe(Enumerable.Range(0, commit).Reverse().Take(3).Select(i => $"d{i}"), step);
            killed.Update(Numbered(77));
            killed.Commit("continued");
        }
        Directory.GetFiles(path, "*.tmp").ShouldBeEmpty();
        Searcher.Open(path, Seeds.Schema, Seeds.Analyzer).CommitData.ShouldBe("continued");
    }
}
