using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Nodes;

namespace KnowledgePortal.Web.Features.Jobs;

/// <summary>One run of a recurring job. Times are UTC, ISO 8601.</summary>
public sealed record JobRun
{
    public string Job { get; init; } = "";
    public string StartedUtc { get; init; } = "";
    public string EndedUtc { get; init; } = "";

    /// <summary>What came of it, in one line.</summary>
    public string Outcome { get; init; } = "";
    public bool IsFailure { get; init; }
}

/// <summary>Runs jobs and writes down what came of them.</summary>
public sealed partial class JobRuns(Database database, Leadership leadership, TimeProvider clock, ILogger<JobRuns> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>
    /// Runs <paramref name="work"/> on the node that runs the jobs; on others nothing happens. A failure is written down and logged, and the next run comes
    /// at its time. A node that has lost its lease meanwhile, because it was frozen, writes nothing more.
    /// </summary>
    public async Task RunAsync(string job, Func<Task<string>> work)
    {
        if (!(await leadership.HoldAsync()).IsHeld) return;
        leadership.FenceFlow();
        var started = clock.GetUtcNow();
        try
        {
            await WriteAsync(job, started, await work(), isFailure: false);
        }
        catch (LostLeaseException error)
        {
            LogLost(job, error);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailure(job, error);
            await WriteAsync(job, started, error.Message, isFailure: true);
        }
    }

    /// <summary>The last run of every job.</summary>
    public Task<IReadOnlyList<JobRun>> LatestAsync() =>
        database.QueryAsync<JobRun>(
            """
            select r.job, r.started_utc, r.ended_utc, r.outcome, r.is_failure
            from job_runs r join (select max(id) as id from job_runs group by job) l on l.id = r.id order by r.job
            """);

    /// <summary>The last runs of one job, newest first.</summary>
    public Task<IReadOnlyList<JobRun>> OfAsync(string job, int count) =>
        database.QueryAsync<JobRun>(
            "select job, started_utc, ended_utc, outcome, is_failure from job_runs where job = @job order by id desc limit @count", new { job, count });

    private async Task WriteAsync(string job, DateTimeOffset started, string outcome, bool isFailure)
    {
        var ended = clock.GetUtcNow();
        await using var transaction = await database.BeginAsync();
        await transaction.ExecuteAsync(
            "insert into job_runs (job, started_utc, ended_utc, outcome, is_failure) values (@job, @started, @ended, @outcome, @isFailure)",
            new { job, started = Text(started), ended = Text(ended), outcome, isFailure = isFailure ? 1 : 0 });
        await transaction.ExecuteAsync("delete from job_runs where started_utc < @limit", new { limit = Text(ended - Kept) });
        await transaction.CommitAsync();
    }

    private static string Text(DateTimeOffset time) => InvariantTime.Format(time.UtcDateTime);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the job {Job} was left to another node")]
    private partial void LogLost(string job, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "the job {Job} failed")]
    private partial void LogFailure(string job, Exception error);
}
