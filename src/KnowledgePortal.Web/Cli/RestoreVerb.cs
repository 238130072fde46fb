using System.Diagnostics;
using System.Globalization;
using KnowledgePortal.Web.Features.Backups;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>restore FROM [--replace] [--accept-losses]</c>: a site of a backup, or nothing.</summary>
public sealed class RestoreVerb : IVerb
{
    private const string Replace = "--replace";
    private const string AcceptLosses = "--accept-losses";

    public string Name => "restore";

    public string Arguments => "FROM [--replace] [--accept-losses]";

    public string Summary => Words.Pick(
        "กู้คืนเว็บไซต์จากข้อมูลสำรอง ปฏิเสธเมื่อมีเว็บไซต์อยู่แล้ว (--replace เก็บของเดิมไว้ใน before-restore) หรือเมื่อไฟล์เสีย (--accept-losses กู้ส่วนที่เหลือ) อีเมลถูกพักไว้จนสั่ง release-mail",
        "makes the site of a backup; refuses where there is one (--replace keeps it in before-restore) and when files are damaged (--accept-losses restores the rest); mail is held until release-mail");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        var options = arguments.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (options.Except([Replace, AcceptLosses]).Any() || arguments.Except(options).ToList() is not [var folder]) return null;
        var restore = site.GetRequiredService<SiteRestore>();
        var hasSite = await restore.HasSiteAsync();
        if (hasSite && !options.Contains(Replace))
            return Refuse("มีเว็บไซต์อยู่แล้ว เพิ่ม --replace เพื่อแทนที่", "there is a site already; --replace puts it aside");
        if (SearchIndex.IsOwned(site.GetRequiredService<PortalSettings>()))
            return Refuse("เว็บไซต์กำลังเปิดอยู่ ให้ปิดก่อน", "the site is running: stop it first");
        if (await restore.ObstacleAsync() is { } obstacle) return Refuse(obstacle.Thai, obstacle.English);
        var watch = Stopwatch.StartNew();
        var state = await site.GetRequiredService<BackupVerification>().VerifyAsync(folder);
        BackupVerb.Show(state);
        if (state.Faults.Count > 0) return Refuse("ไม่กู้คืน และไม่ได้เขียนอะไร", "refused, nothing was written");
        if (state.Losses.Count > 0 && !options.Contains(AcceptLosses))
            return Refuse("ไม่กู้คืน และไม่ได้เขียนอะไร เพิ่ม --accept-losses เพื่อกู้ส่วนที่เหลือ", "refused, nothing was written; --accept-losses restores the rest");
        await restore.RunAsync(folder, state);
        await SiteStart.PrepareAsync(site);
        await site.GetRequiredService<SearchIndex>().CatchUpAsync();
        var findings = await site.GetRequiredService<SiteCheck>().RunAsync(isDeep: true);
        foreach (var finding in findings) Console.Error.WriteLine($"! {Words.Pick(finding.Invariant)}: {finding.Subject}: {Words.Pick(finding.What)}");
        var seconds = watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(Words.Pick(
            $"กู้คืนเว็บไซต์ ณ {BackupVerb.ThaiMoment(state.Manifest!)} แล้ว ใน {seconds} วินาที อีเมลและเว็บฮุกถูกพักไว้: ./portal release-mail",
            $"the site as of {state.Manifest!.CreatedUtc} is restored in {seconds} s; mail and webhooks are held: ./portal release-mail"));
        return findings.Count > 0 && state.Losses.Count == 0 ? Verbs.Refused : Verbs.Done;
    }

    private static int Refuse(string thai, string english)
    {
        Console.Error.WriteLine(Words.Pick(thai, english));
        return Verbs.Refused;
    }
}
