using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Media;

/// <summary>Brings the media folder to what the database says, after a process ended between a commit and its files.</summary>
public sealed class MediaRecovery(Database database, MediaFolder media, TimeProvider clock)
{
    /// <summary>How long a file may wait for its commit before it counts as left behind.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private sealed record Unsettled
    {
        public string MediaPath { get; init; } = "";
        public string? StagedAs { get; init; }
        public bool IsLeaving { get; init; }
    }

    /// <summary>Puts committed files into their places and deletes those that were to go.</summary>
    public async Task SettleAsync()
    {
        const string Rows = "select media_path, staged_as, is_leaving from media_contents where staged_as is not null or is_leaving = 1";
        if ((await database.QueryAsync<Unsettled>(Rows)).Count == 0) return;
        await using var transaction = await database.BeginAsync();
        foreach (var row in await transaction.QueryAsync<Unsettled>(Rows))
        {
            if (row.IsLeaving) media.Delete(row.MediaPath);
            else media.Place(row.MediaPath, row.StagedAs!);
        }
        await transaction.ExecuteAsync("delete from media_contents where is_leaving = 1");
        await transaction.ExecuteAsync("update media_contents set staged_as = null where staged_as is not null");
        await transaction.CommitAsync();
    }

    /// <summary>Deletes what processes left that died before their commit. What is young may be a living one's.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(media.Root)) return;
        var limit = clock.GetUtcNow().UtcDateTime - Patience;
        foreach (var pattern in new[] { $".*{MediaFolder.StagedExtension}", $".*{DurableFile.TemporaryExtension}" })
            foreach (var file in Directory.EnumerateFiles(media.Root, pattern, SearchOption.AllDirectories))
                if (File.GetLastWriteTimeUtc(file) < limit) File.Delete(file);
    }
}
