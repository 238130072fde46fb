using System.Reflection;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Copies a site while it is in use: first the database, at one point in time, then every media file that this database names, by its hash.
/// It grows under a hidden name and gets its own when it is whole.
/// </summary>
public sealed class SiteBackup(IDatabaseCopy database, PortalSettings settings, TimeProvider clock)
{
    public const string MediaFolder = "media";

    // A file that was replaced or purged while the database was being copied makes another copy of the database.
    private const int MostAttempts = 3;

    /// <exception cref="IOException">There is something of this name, or a file could not be read or written; nothing is left, or a whole one whose name may not have come to the disk.</exception>
    public async Task<BackupManifest> CreateAsync(string path)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target) || File.Exists(target)) throw new IOException(Words.Pick($"มี {target} อยู่แล้ว", $"{target} is there already"));
        var partial = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.partial");
        try
        {
            var manifest = await FillAsync(partial);
            FailPoint.Reach("backup.before-rename");
            DurableFile.Move(partial, target);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    private async Task<BackupManifest> FillAsync(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            Directory.CreateDirectory(folder);
            var created = InvariantTime.Format(clock.GetUtcNow().UtcDateTime);
            var file = Path.Combine(folder, database.FileName);
            var copied = await database.SaveAsync(file);
            FailPoint.Reach("backup.database");
            var files = new List<BackupFile> { new(database.FileName, new FileInfo(file).Length, await FileCopy.HashAsync(file)) };
            if (await CopyMediaAsync(copied, folder, files) is { } problem)
            {
                if (attempt == MostAttempts) throw new IOException(problem);
                Directory.Delete(folder, recursive: true);
                continue;
            }
            FailPoint.Reach("backup.manifest");
            var manifest = Describe(copied, created, files);
            await manifest.WriteAsync(folder);
            return manifest;
        }
    }

    /// <returns>Why the files do not go with the database; null when they do.</returns>
    private async Task<string?> CopyMediaAsync(CopiedDatabase copied, string folder, List<BackupFile> files)
    {
        foreach (var row in copied.Media)
        {
            FailPoint.Reach("backup.media");
            if (await CopyAsync(row, folder) is not { } file)
                return Words.Pick($"ไฟล์สื่อ {row.MediaPath} หายหรือไม่ตรงกับฐานข้อมูล: ./portal check --deep", $"the media file {row.MediaPath} is missing or not what the database says: ./portal check --deep");
            files.Add(file);
        }
        return null;
    }

    // A file that was committed just now may still lie hidden beside its place.
    private async Task<BackupFile?> CopyAsync(CopiedMedia row, string folder)
    {
        var path = $"{MediaFolder}/{row.MediaPath}";
        var place = Path.Combine(settings.Media, row.MediaPath);
        foreach (var candidate in new[] { place, row.StagedAs is null ? null : Path.Combine(Path.GetDirectoryName(place)!, row.StagedAs) })
        {
            if (candidate is null || !File.Exists(candidate)) continue;
            try
            {
                var (length, hash) = await FileCopy.WriteAsync(candidate, Path.Combine(folder, path));
                if (hash == row.Sha256) return new BackupFile(path, length, hash);
            }
            catch (FileNotFoundException)
            {
                continue; // renamed or purged this moment: the other name, or another copy of the database
            }
        }
        return null;
    }

    private BackupManifest Describe(CopiedDatabase copied, string created, IReadOnlyList<BackupFile> files) => new()
    {
        Product = BackupManifest.OfPortal,
        Format = BackupManifest.CurrentFormat,
        Version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        CreatedUtc = created,
        Database = database.Kind,
        DatabaseFile = database.FileName,
        Migrations = copied.Migrations,
        Counts = copied.Counts,
        Files = files,
    };
}
