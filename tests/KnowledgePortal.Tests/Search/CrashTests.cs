using KnowledgePortal.Search.Indexing;
using KnowledgePortal.Search.Queries;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Search;

public sealed class CrashTests
{
    private const int Killed = 128 + 9;

    /// <summary>One process after another goes on with what the one before left behind, until it is killed itself.</summary>
    [Fact]
    public void A_process_killed_while_it_writes_a_segment_a_merge_deletions_or_a_commit_leaves_a_whole_commit()
    {
        using var folder = new TemporaryFolder();
        var commit = 0;
        foreach (var step in new[] { "create", "write", "synchronize", "rename", "synchronize folder" })
        {
            foreach (var (extension, inMerge) in new[] { (".segment", false), (".segment", true), (".live", false), (".commit", false), (".commit", true) })
            {
                var (reported, exitCode) = CrashingProcess.Start(folder.Path, extension, step, inMerge);
                exitCode.ShouldBe(Killed, $"{step} {extension} {inMerge}");
                commit = Check(folder.Path, Math.Max(commit, reported), $"{step} {extension} {inMerge}");
            }
        }
        commit.ShouldBeGreaterThan(20);
    }

    private static int Check(string folder, int reported, string when)
    {
        var searcher = Searcher.Open(folder, Seeds.Schema, Seeds.Analyzer);
        var commit = int.Parse(searcher.CommitData ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        commit.ShouldBeInRange(reported, reported + 1, when);
        searcher.Search(new SearchRequest { Query = commit == 0 ? "" : "เสวนา", Top = 1000 }).Hits.Select(hit => hit.Key).ShouldBe(CrashingProcess.Expected(commit), ignoreOrder: true, when);
        using var writer = IndexWriter.Open(folder, Seeds.Schema, Seeds.Analyzer);
        writer.DocumentCount.ShouldBe(CrashingProcess.Expected(commit).Count());
        Directory.GetFiles(folder, "*.tmp").ShouldBeEmpty(when);
        return commit;
    }
}
