using System.Security.Cryptography;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Media;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Checks;

/// <summary>Every row of a media file has its file, of the right length and, checked deeply, the right bytes; every file has its row.</summary>
public sealed class MediaInvariant(Database database, MediaFolder media, TimeProvider clock) : IInvariant
{
    private const int MostAttempts = 3;

    public Phrase Name { get; } = new("ไฟล์สื่อ", "media files");

    private sealed record Row
    {
        public string MediaPath { get; init; } = "";
        public string Sha256 { get; init; } = "";
        public long Length { get; init; }
    }

    public async Task CheckAsync(Inspection inspection)
    {
        var known = new HashSet<string>();
        foreach (var row in await RowsAsync())
        {
            known.Add(row.MediaPath);
            if (await ProblemAsync(row, inspection.IsDeep) is { } problem) inspection.Find(row.MediaPath, problem.Thai, problem.English);
        }
        foreach (var file in await StrayAsync(known)) inspection.Find(file, "ไฟล์นี้ไม่มีแถวในฐานข้อมูล", "this file has no row in the database");
        foreach (var key in await database.QueryAsync<string>(
            "select media_key from media_files where not exists (select 1 from media_contents c where c.media_path = media_files.media_path and c.is_leaving = 0)"))
            inspection.Find(key, "ไฟล์ที่อัปโหลดไม่มีแถวของเนื้อไฟล์", "an upload without a row of its contents");
    }

    private Task<IReadOnlyList<Row>> RowsAsync() => database.QueryAsync<Row>("select media_path, sha256, length from media_contents where is_leaving = 0");

    private async Task<Phrase?> ProblemAsync(Row row, bool isDeep)
    {
        for (var attempt = 1; ; attempt++)
        {
            var problem = media.Find(row.MediaPath) is not { } file ? new Phrase("ไม่มีไฟล์", "the file is missing")
                : new FileInfo(file).Length != row.Length ? new Phrase("ขนาดไฟล์ไม่ตรง", "the file has another length")
                : isDeep && await HashAsync(file) != row.Sha256 ? new Phrase("เนื้อไฟล์ไม่ตรงกับค่าแฮช", "the file has other bytes") : null;
            // Somebody may have replaced or removed it just now.
            if (problem is null || attempt == MostAttempts) return problem;
            if (await CurrentAsync(row.MediaPath) is not { } current) return null;
            row = current;
        }
    }

    private Task<Row?> CurrentAsync(string path) =>
        database.FirstAsync<Row>("select media_path, sha256, length from media_contents where media_path = @path and is_leaving = 0", new { path });

    // What waits hidden for its commit is nobody's yet, until it has waited for too long.
    private async Task<IReadOnlyList<string>> StrayAsync(HashSet<string> known)
    {
        if (!Directory.Exists(media.Root)) return [];
        var limit = clock.GetUtcNow().UtcDateTime - MediaRecovery.Patience - MediaRecovery.Patience;
        var stray = Directory.EnumerateFiles(media.Root, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith('.') || File.GetLastWriteTimeUtc(file) < limit)
            .Select(file => Path.GetRelativePath(media.Root, file).Replace(Path.DirectorySeparatorChar, '/')).Where(path => !known.Contains(path)).ToList();
        if (stray.Count == 0) return stray;
        var now = (await database.QueryAsync<string>("select media_path from media_contents")).ToHashSet();
        return [.. stray.Where(path => !now.Contains(path))];
    }

    private static async Task<string> HashAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }
}
