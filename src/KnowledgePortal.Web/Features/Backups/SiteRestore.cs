using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Makes a site of a backup. Everything is copied and compared with its hash beside the site first; then the database and <see cref="RestoreSwap"/> exchange
/// the two. From its mark on there is no way back: whoever opens the data folder next ends what is left to do, before anything else.
/// </summary>
public sealed class SiteRestore(Database database, IDatabaseCopy copy, Migrator migrator, PortalSettings settings, TimeProvider clock)
{
    private readonly RestoreSwap _swap = new(settings);

    /// <summary>True when there is a site that a restore would put away.</summary>
    public Task<bool> HasSiteAsync() => copy.HasSiteAsync();

    /// <summary>Why the site that is there cannot be put away; null when it can.</summary>
    public Task<Phrase?> ObstacleAsync() => copy.ObstacleAsync();

    /// <param name="folder">The backup.</param>
    /// <param name="state">What the verification said; it has no faults.</param>
    public async Task RunAsync(string folder, BackupState state)
    {
        _swap.Clear();
        var lost = state.Losses.Select(l => l.Path).ToHashSet();
        foreach (var file in state.Manifest!.Files.Where(f => !lost.Contains(f.Path)))
        {
            var (_, hash) = await FileCopy.WriteAsync(Path.Combine(folder, file.Path), _swap.Staged(file.Path));
            if (hash != file.Sha256) throw new IOException(Words.Pick($"{file.Path} เปลี่ยนไประหว่างกู้คืน", $"{file.Path} changed while it was restored"));
            FailPoint.Reach("restore.file");
        }
        await copy.LoadAsync(_swap.Staged(copy.FileName), state.Manifest);
        FailPoint.Reach("restore.loaded");
        FailPoint.Reach("restore.before-ready");
        await _swap.MarkAsync(state.Manifest.CreatedUtc);
        FailPoint.Reach("restore.ready");
        await FinishAsync();
    }

    /// <summary>Ends a restore that was begun; does nothing where none was.</summary>
    public async Task FinishAsync()
    {
        if (_swap.Pending() is not { } mark) return;
        database.CloseIdle(); // its connections hold the files that go, or know tables that go
        await copy.SwapAsync();
        FailPoint.Reach("restore.swapped");
        _swap.Move(mark);
        await AdaptAsync(mark.CreatedUtc);
        FailPoint.Reach("restore.adapted");
        _swap.Clear();
    }

    // An older backup gets today's tables; mail waits for an administrator; what search indexes remember is of another machine.
    private async Task AdaptAsync(string createdUtc)
    {
        await migrator.UpgradeAsync();
        if (!await migrator.IsCurrentAsync()) return;
        await using var transaction = await database.BeginAsync();
        await MailHold.BeginAsync($"restored from a backup of {createdUtc}", clock.GetUtcNow(), transaction);
        await transaction.ExecuteAsync("delete from search_cursors");
        await transaction.CommitAsync();
    }
}
