using System.Reflection;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>
/// Copies a site while it is in use: first the database, at one point in time, then every media file that this database names, by its hash, and the keys.
/// It grows under a hidden name and gets its own when it is whole.
/// </summary>
public sealed class SiteBackup(Database database, PortalSettings settings, TimeProvider clock)
{
    public const string MediaFolder = "media";
    public const string KeysFolder = "keys";

    // A file that was replaced or purged while the database was being copied makes another copy of the database.
    private const int MostAttempts = 3;

    private sealed record MediaRow
    {
        public string MediaPath { get; init; } = "";
        public string Sha256 { get; init; } = "";
        public string? StagedAs { get; init; }
    }

    /// <exception cref="IOException">There is something of this name, or a file could not be read or written; nothing is left.</exception>
    public async Task<BackupManifest> CreateAsync(string path)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target) || File.Exists(target)) throw new IOException(Cli.Words.Pick($"มี {target} อยู่แล้ว", $"{target} is there already"));
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
            var copyPath = Path.Combine(folder, SqliteCopy.FileName);
            SqliteCopy.Save(database.Path, copyPath);
            FailPoint.Reach("backup.database");
            await using var copy = new Database(copyPath);
            var files = new List<BackupFile> { new(SqliteCopy.FileName, new FileInfo(copyPath).Length, await FileCopy.HashAsync(copyPath)) };
            var (media, problem) = await CopyMediaAsync(copy, folder);
            if (problem is not null)
            {
                if (attempt == MostAttempts) throw new IOException(problem);
                Directory.Delete(folder, recursive: true);
                continue;
            }
            files.AddRange(media);
            files.AddRange(await CopyKeysAsync(folder));
            FailPoint.Reach("backup.manifest");
            var manifest = await DescribeAsync(copy, created, files);
            await manifest.WriteAsync(folder);
            return manifest;
        }
    }

    private async Task<(List<BackupFile> Files, string? Problem)> CopyMediaAsync(Database copy, string folder)
    {
        var files = new List<BackupFile>();
        foreach (var row in await copy.QueryAsync<MediaRow>("select media_path, sha256, staged_as from media_contents where is_leaving = 0 order by media_path"))
        {
            FailPoint.Reach("backup.media");
            if (await CopyAsync(row, folder) is not { } file) return (files, Cli.Words.Pick($"ไฟล์สื่อ {row.MediaPath} หายหรือไม่ตรงกับฐานข้อมูล: ./portal check --deep", $"the media file {row.MediaPath} is missing or not what the database says: ./portal check --deep"));
            files.Add(file);
        }
        return (files, null);
    }

    // A file that was committed just now may still lie hidden beside its place.
    private async Task<BackupFile?> CopyAsync(MediaRow row, string folder)
    {
        var path = $"{MediaFolder}/{row.MediaPath}";
        var place = Path.Combine(settings.Data, path);
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

    private async Task<List<BackupFile>> CopyKeysAsync(string folder)
    {
        var files = new List<BackupFile>();
        foreach (var name in FileCopy.Below(Path.Combine(settings.Data, KeysFolder)))
        {
            var path = $"{KeysFolder}/{name}";
            var (length, hash) = await FileCopy.WriteAsync(Path.Combine(settings.Data, path), Path.Combine(folder, path));
            files.Add(new BackupFile(path, length, hash));
        }
        return files;
    }

    private static async Task<BackupManifest> DescribeAsync(Database copy, string created, IReadOnlyList<BackupFile> files) => new()
    {
        Product = BackupManifest.OfPortal,
        Format = BackupManifest.CurrentFormat,
        Version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        CreatedUtc = created,
        Database = SqliteCopy.Kind,
        DatabaseFile = SqliteCopy.FileName,
        Migrations = await copy.QueryAsync<string>("select name from migrations order by name"),
        Counts = await CountsAsync(copy),
        Files = files,
    };

    /// <summary>Rows by table.</summary>
    public static async Task<SortedDictionary<string, long>> CountsAsync(Database database)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await database.QueryAsync<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"))
            counts[table] = await database.FirstAsync<long>($"select count(*) from {table}");
        return counts;
    }
}
