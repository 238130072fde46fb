using KnowledgePortal.Cms.Data;
using KnowledgePortal.Tests.Support;
using Shouldly;
using Xunit;

namespace KnowledgePortal.Tests.Cms;

/// <summary>What waits while another process writes: there are as many databases here as there would be processes.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task A_page_gives_up_where_a_job_goes_on_waiting()
    {
        using var folder = new ScratchFolder();
        await using var operators = TestDatabase.Open(folder.Path);
        await using var jobs = TestDatabase.Open(folder.Path);
        await using var pages = TestDatabase.Open(folder.Path);
        operators.CreateFile();
        Task<DatabaseTransaction> job;
        await using (await operators.BeginAsync(TestContext.Current.CancellationToken))
        {
            job = Task.Run(() => jobs.BeginAsync(), TestContext.Current.CancellationToken);
            await Should.ThrowAsync<BusyDatabaseException>(() => AskedByPageAsync(pages));
            job.IsCompleted.ShouldBeFalse();
        }
        await using var transaction = await job;
        await transaction.CommitAsync();
    }

    private static async Task AskedByPageAsync(Database database)
    {
        database.Limit(TimeSpan.FromSeconds(6)); // long enough to see that the job has more time than people have
        await using var transaction = await database.BeginAsync();
    }
}
