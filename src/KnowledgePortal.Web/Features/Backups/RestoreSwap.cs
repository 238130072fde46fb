using System.Text.Json;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>That a restore is ready, of which moment it is, and which parts it brings.</summary>
public sealed record RestoreMark(string CreatedUtc, IReadOnlyList<string> Parts);

/// <summary>
/// Exchanges the files of a site for restored ones that lie ready beside it; what was there before is kept in <c>before-restore</c>. Every step may be
/// done again.
/// </summary>
public sealed class RestoreSwap(PortalSettings settings)
{
    public const string StagingName = ".restoring";
    public const string FormerName = "before-restore";
    private const string MarkName = "ready";

    // Nothing of these may meet a database that is not theirs.
    private static readonly string[] OfTheFormer = [SqliteCopy.Name + "-wal", SqliteCopy.Name + "-shm", "index", "index.damaged"];
    private static readonly string[] Exchanged = [SqliteCopy.Name, SiteBackup.MediaFolder];

    private string Mark => Path.Combine(settings.Data, StagingName, MarkName);

    /// <summary>Where a file of a backup waits.</summary>
    public string Staged(string path) => IsShared(path.Split('/')[0])
        ? Path.Combine(settings.Media + StagingName, path[(SiteBackup.MediaFolder.Length)..].TrimStart('/'))
        : Path.Combine(settings.Data, StagingName, path);

    /// <summary>Deletes what a restore has staged, its mark first.</summary>
    public void Clear()
    {
        if (File.Exists(Mark)) File.Delete(Mark);
        foreach (var folder in new[] { Path.Combine(settings.Data, StagingName), settings.Media + StagingName })
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    public async Task MarkAsync(string createdUtc)
    {
        foreach (var folder in new[] { Path.Combine(settings.Data, FormerName), $"{settings.Media}.{FormerName}" })
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        var mark = new RestoreMark(createdUtc, [.. Exchanged.Where(name => Exists(Staged(name)))]);
        await DurableFile.WriteAsync(Mark, stream => JsonSerializer.SerializeAsync(stream, mark));
    }

    /// <summary>Null when no restore waits to be ended.</summary>
    public RestoreMark? Pending() => File.Exists(Mark) ? JsonSerializer.Deserialize<RestoreMark>(File.ReadAllBytes(Mark)) : null;

    public void Move(RestoreMark mark)
    {
        foreach (var name in OfTheFormer.Concat(Exchanged.Except(mark.Parts))) PutAway(name);
        foreach (var name in mark.Parts.Where(name => Exists(Staged(name))))
        {
            PutAway(name);
            FailPoint.Reach("restore.put-away");
            DurableFile.Move(Staged(name), PlaceOf(name));
            FailPoint.Reach("restore.moved");
        }
    }

    private void PutAway(string name)
    {
        if (!Exists(PlaceOf(name))) return;
        var former = IsShared(name) ? $"{settings.Media}.{FormerName}" : Path.Combine(settings.Data, FormerName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(former)!);
        DurableFile.Move(PlaceOf(name), former);
    }

    private string PlaceOf(string name) => IsShared(name) ? settings.Media : Path.Combine(settings.Data, name);

    // A media folder elsewhere may lie on another disk: its files wait, and are put away, beside it.
    private bool IsShared(string name) => name == SiteBackup.MediaFolder && settings.SharedMedia is not null;

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
