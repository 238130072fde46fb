using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Hosting.PageCache;

/// <summary>
/// Notices what operator verbs and other nodes have changed: every change of readers' content leaves an indexing task with a new number, every change of
/// settings, roles and definitions raises another one.
/// </summary>
public sealed partial class GenerationWatch(Database database, RolePermissions permissions, SiteState site, ContentGeneration generation, TimeProvider clock, ILogger<GenerationWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A look that hangs would keep the start of the site and whatever rights are known.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    private (long Task, long Change)? _seen;

    // Before the first reader comes: what he reads is kept until something changes.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync();
        permissions.Watch();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stopping)) await LookAsync();
    }

    private async Task LookAsync()
    {
        database.Limit(LongestLook);
        try
        {
            if (!await site.IsSetUpAsync()) return;
            var latest = await database.FirstAsync<(long, long)>("select coalesce((select max(id) from indexing_tasks), 0), (select number from site_changes)");
            if (_seen == latest) return;
            // First, so that no page of the new generation is made by the old rights.
            permissions.Reload();
            if (_seen is not null) generation.Rise();
            _seen = latest;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // While the database is away, readers go on with the pages that are kept; none is kept longer than its half minute. Rights that may be
            // out of date are read again.
            permissions.Reload();
            LogFailure(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "cannot see whether other processes have published")]
    private partial void LogFailure(Exception error);
}
