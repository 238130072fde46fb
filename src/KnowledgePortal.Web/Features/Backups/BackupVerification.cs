using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Backups;

/// <summary>What is known of a backup after every byte of it was read.</summary>
/// <param name="Manifest">Null when there is none that can be trusted.</param>
/// <param name="Faults">Why it cannot be restored at all.</param>
/// <param name="Losses">Files that are damaged or gone; everything else can be restored.</param>
public sealed record BackupState(BackupManifest? Manifest, IReadOnlyList<Phrase> Faults, IReadOnlyList<(string Path, Phrase What)> Losses)
{
    public bool IsWhole => Faults.Count == 0 && Losses.Count == 0;
}

/// <summary>Reads a backup and compares it with its manifest, and its database with itself.</summary>
public sealed class BackupVerification(Migrator migrator, IDatabaseCopy database)
{
    public async Task<BackupState> VerifyAsync(string folder)
    {
        if (await BackupManifest.ReadAsync(folder) is not { } manifest)
            return Refused(null, "ไม่ใช่ข้อมูลสำรองที่สมบูรณ์: ไม่มีใบรายการ หรือใบรายการถูกแก้", "not a whole backup: its manifest is missing or was changed");
        if (manifest.Product != BackupManifest.OfPortal) return Refused(manifest, "เป็นข้อมูลสำรองของระบบอื่น", "a backup of something else");
        if (manifest.Format > BackupManifest.CurrentFormat || manifest.Migrations.Except(migrator.Names).FirstOrDefault() is { } unknown)
            return Refused(manifest, "เป็นข้อมูลสำรองของโปรแกรมรุ่นใหม่กว่า ต้องใช้โปรแกรมรุ่นนั้นกู้คืน", "made by a newer version of the program: restore it with that version");
        if (manifest.Database != database.Kind)
            return Refused(manifest, $"เป็นข้อมูลสำรองของฐานข้อมูลชนิด {manifest.Database} (PORTAL_DATABASE)", $"a backup of another kind of database, {manifest.Database} (PORTAL_DATABASE)");
        var faults = new List<Phrase>();
        var losses = new List<(string, Phrase)>();
        foreach (var file in manifest.Files)
        {
            if (await ProblemAsync(folder, file) is not { } problem) continue;
            if (file.Path == manifest.DatabaseFile) faults.Add(new Phrase($"ฐานข้อมูล: {problem.Thai}", $"the database: {problem.English}"));
            else losses.Add((file.Path, problem));
        }
        foreach (var stray in FileCopy.Below(folder).Except(manifest.Files.Select(f => f.Path)).Except([BackupManifest.FileName, BackupManifest.HashName]))
            faults.Add(new Phrase($"มีไฟล์แปลกปลอม: {stray}", $"a file that does not belong to it: {stray}"));
        if (faults.Count == 0 && await database.ProblemAsync(Path.Combine(folder, manifest.DatabaseFile), manifest) is { } damage)
            faults.Add(new Phrase($"ฐานข้อมูลเสีย: {damage}", $"the database is damaged: {damage}"));
        return new BackupState(manifest, faults, losses);
    }

    private static async Task<Phrase?> ProblemAsync(string folder, BackupFile file)
    {
        var path = Path.GetFullPath(Path.Combine(folder, file.Path));
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return new Phrase("อยู่นอกข้อมูลสำรอง", "lies outside of the backup");
        if (!File.Exists(path)) return new Phrase("หาย", "is missing");
        return await FileCopy.HashAsync(path) == file.Sha256 ? null : new Phrase("เสีย", "is damaged");
    }

    private static BackupState Refused(BackupManifest? manifest, string thai, string english) => new(manifest, [new Phrase(thai, english)], []);
}
