using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Puts a backup into the data folder. Everything is copied and compared with its hash beside the site first; then <see cref="RestoreSwap"/> exchanges the
/// two. From its mark on there is no way back: whoever opens the data folder next ends what is left to do, before anything else.
/// </summary>
public sealed class SiteRestore(Database database, IDatabaseCopy copy, Migrator migrator, PortalSettings settings, TimeProvider clock)
{
    private readonly RestoreSwap _swap = new(settings);

    /// <summary>True when there is a site that a restore would put away.</summary>
    public Task<bool> HasSiteAsync() => copy.HasSiteAsync();

    /// <summary>False where a database must be empty, because no other can be put aside for it.</summary>
    public bool CanReplace => database.Path is not null;

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
        FailPoint.Reach("restore.before-ready");
        await _swap.MarkAsync(state.Manifest.CreatedUtc);
        FailPoint.Reach("restore.ready");
        await copy.LoadAsync(_swap.Staged(copy.FileName));
        FailPoint.Reach("restore.loaded");
        await FinishAsync();
    }

    /// <summary>Ends a restore that was begun; does nothing where none was.</summary>
    public async Task FinishAsync()
    {
        if (_swap.Pending() is not { } mark) return;
        if (database.Path is not null) await database.DisposeAsync(); // its connections hold the files that go
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
