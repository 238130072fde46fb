using System.Text.Json;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Exchanges a site for a restored one that lies ready beside it. Once the mark is written there is no way back: whoever opens the data folder next ends
/// the exchange first. What was there before is kept in a folder of its own.
/// </summary>
public static class RestoreSwap
{
    public const string StagingName = ".restoring";
    public const string FormerName = "before-restore";
    private const string ReadyName = "ready";

    // Nothing of these may meet a database that is not theirs.
    private static readonly string[] OfTheFormer = [SqliteCopy.FileName + "-wal", SqliteCopy.FileName + "-shm", "index", "index.damaged"];
    private static readonly string[] Exchanged = [SqliteCopy.FileName, SiteBackup.MediaFolder, SiteBackup.KeysFolder];

    public static async Task BeginAsync(string data)
    {
        var former = Path.Combine(data, FormerName);
        if (Directory.Exists(former)) Directory.Delete(former, recursive: true);
        var staging = Path.Combine(data, StagingName);
        var restored = JsonSerializer.SerializeToUtf8Bytes(Exchanged.Where(name => Exists(Path.Combine(staging, name))).ToArray());
        await DurableFile.WriteAsync(Path.Combine(staging, ReadyName), stream => stream.WriteAsync(restored).AsTask());
        FailPoint.Reach("restore.ready");
    }

    /// <summary>Ends an exchange that was begun; does nothing where none was.</summary>
    public static void Finish(string data)
    {
        var staging = Path.Combine(data, StagingName);
        var ready = Path.Combine(staging, ReadyName);
        if (!File.Exists(ready)) return;
        var restored = JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(ready))!;
        foreach (var name in OfTheFormer.Concat(Exchanged.Except(restored))) PutAway(data, name);
        foreach (var name in restored.Where(name => Exists(Path.Combine(staging, name))))
        {
            PutAway(data, name);
            FailPoint.Reach("restore.put-away");
            DurableFile.Move(Path.Combine(staging, name), Path.Combine(data, name));
            FailPoint.Reach("restore.moved");
        }
        Directory.Delete(staging, recursive: true);
    }

    private static void PutAway(string data, string name)
    {
        var file = Path.Combine(data, name);
        if (!Exists(file)) return;
        var former = Path.Combine(data, FormerName);
        Directory.CreateDirectory(former);
        DurableFile.Move(file, Path.Combine(former, name));
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
