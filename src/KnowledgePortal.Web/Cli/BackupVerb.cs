using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Backups;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>backup TO</c> copies the site while it is in use; <c>backup verify PATH</c> reads every byte of a backup. 0 whole, 1 not.</summary>
public sealed class BackupVerb : IVerb
{
    public string Name => "backup";

    public string Arguments => "TO | verify PATH";

    public string Summary => Words.Pick(
        "สำรองทั้งเว็บไซต์ไปยังโฟลเดอร์ใหม่โดยไม่ต้องหยุดเว็บไซต์ verify อ่านข้อมูลสำรองทุกไบต์ว่าครบและไม่เสีย",
        "copies the whole site into a new folder while it is in use; verify reads every byte of a backup");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site) => arguments switch
    {
        ["verify", var path] => await VerifyAsync(path, site),
        [var path] when path != "verify" && !path.StartsWith("--", StringComparison.Ordinal) => await CreateAsync(path, site),
        _ => null,
    };

    private static async Task<int> CreateAsync(string path, IServiceProvider site)
    {
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        var manifest = await site.GetRequiredService<SiteBackup>().CreateAsync(path);
        var size = (manifest.Files.Sum(f => f.Length) / (1024d * 1024)).ToString("N1", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(Words.Pick(
            $"สำรองข้อมูล ณ {ThaiMoment(manifest)} ไว้ที่ {path} แล้ว {manifest.Files.Count} ไฟล์ {size} MB",
            $"backed up as of {manifest.CreatedUtc} to {path}: {manifest.Files.Count} files, {size} MB"));
        return Verbs.Done;
    }

    private static async Task<int> VerifyAsync(string path, IServiceProvider site)
    {
        var state = await site.GetRequiredService<BackupVerification>().VerifyAsync(path);
        Show(state);
        if (!state.IsWhole) return Verbs.Refused;
        Console.Out.WriteLine(Words.Pick($"ข้อมูลสำรองครบ ณ {ThaiMoment(state.Manifest!)} {state.Manifest!.Files.Count} ไฟล์", $"a whole backup as of {state.Manifest!.CreatedUtc}, {state.Manifest!.Files.Count} files"));
        return Verbs.Done;
    }

    internal static string ThaiMoment(BackupManifest manifest) => InvariantTime.Parse(manifest.CreatedUtc) is { } time ? ThaiDate.Moment(time) : manifest.CreatedUtc;

    internal static void Show(BackupState state)
    {
        foreach (var fault in state.Faults) Console.Error.WriteLine("✗ " + Words.Pick(fault));
        foreach (var (path, what) in state.Losses) Console.Error.WriteLine($"! {path}: {Words.Pick(what)}");
    }
}
