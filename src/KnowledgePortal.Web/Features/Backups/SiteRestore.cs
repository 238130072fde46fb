using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Features;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Mail;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Puts a backup into the data folder. Everything is copied, compared with its hash and brought up to date beside the site first; then
/// <see cref="RestoreSwap"/> exchanges the two, which goes on after a crash.
/// </summary>
public sealed class SiteRestore(Database database, FeatureSet features, PortalSettings settings, TimeProvider clock)
{
    /// <summary>True when there is a site that a restore would put away.</summary>
    public bool HasSite => File.Exists(database.Path);

    /// <param name="folder">The backup.</param>
    /// <param name="state">What the verification said; it has no faults.</param>
    public async Task RunAsync(string folder, BackupState state)
    {
        var staging = Path.Combine(settings.Data, RestoreSwap.StagingName);
        if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
        Directory.CreateDirectory(staging);
        var lost = state.Losses.Select(l => l.Path).ToHashSet();
        foreach (var file in state.Manifest!.Files.Where(f => !lost.Contains(f.Path)))
        {
            var (_, hash) = await FileCopy.WriteAsync(Path.Combine(folder, file.Path), Path.Combine(staging, file.Path));
            if (hash != file.Sha256) throw new IOException(Cli.Words.Pick($"{file.Path} เปลี่ยนไประหว่างกู้คืน", $"{file.Path} changed while it was restored"));
            FailPoint.Reach("restore.file");
        }
        await AdaptAsync(Path.Combine(staging, SqliteCopy.FileName), state.Manifest.CreatedUtc);
        FailPoint.Reach("restore.before-ready");
        await database.DisposeAsync(); // its connections hold the files that go
        await RestoreSwap.BeginAsync(settings.Data);
        RestoreSwap.Finish(settings.Data);
    }

    // An older backup gets today's tables; mail waits for an administrator; what search indexes remember is of another machine.
    private async Task AdaptAsync(string file, string createdUtc)
    {
        await using (var staged = new Database(file))
        {
            await new Migrator(staged, features.Assemblies).MigrateAsync();
            await using var transaction = await staged.BeginAsync();
            await MailHold.BeginAsync($"restored from a backup of {createdUtc}", clock.GetUtcNow(), transaction);
            await transaction.ExecuteAsync("delete from search_cursors");
            await transaction.CommitAsync();
        }
        SqliteCopy.Gather(file);
    }
}
