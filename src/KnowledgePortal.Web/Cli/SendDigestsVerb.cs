using System.Globalization;
using System.Runtime.InteropServices;
using KnowledgePortal.Web.Features.Digests;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>send-digests [--now TIME]</c>: what the site's scheduler does every minute, once.</summary>
public sealed class SendDigestsVerb : IVerb
{
    public string Name => "send-digests";

    public string Arguments => "[--now TIME]";

    public string Summary => Words.Pick(
        "ส่งอีเมลสรุปที่ถึงกำหนด ณ เวลานี้ หรือ ณ เวลาที่ระบุ เช่น 2026-09-21T07:00 (เวลาไทย) หรือ 2026-09-21T00:00:00Z",
        "sends the digests that are due now, or at a time such as 2026-09-21T07:00 (Thai time) or 2026-09-21T00:00:00Z");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (ReadTime(arguments, site.GetRequiredService<TimeProvider>()) is not { } now) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        using var stopping = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var summary = await site.GetRequiredService<DigestRound>().RunAsync(now, stopping.Token);
        Console.Out.WriteLine(Line(summary));
        if (summary.Mails.Obstacle is { } obstacle) Console.Error.WriteLine(Words.Pick($"ส่งต่อไม่ได้ จะลองใหม่: {obstacle}", $"could not go on, will be tried again: {obstacle}"));
        if (stopping.IsCancellationRequested) Console.Error.WriteLine(Words.Pick("หยุดตามคำสั่ง ที่เหลือยังรอส่ง", "stopped as told; the rest waits"));
        return summary.Mails.Obstacle is null && !stopping.IsCancellationRequested ? Verbs.Done : Verbs.Refused;

        // What has begun is brought to its end; then the verb ends by itself.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
            Console.Error.WriteLine(Words.Pick("กำลังหยุด ส่งฉบับที่เริ่มแล้วให้จบก่อน", "stopping; mails that have begun are brought to their end"));
        }
    }

    private static string Line(DigestSummary summary)
    {
        var mails = summary.Mails;
        var runs = summary.Runs.Select(r => $"{r.Frequency} {r.RunDate.Text()}").ToList();
        return Words.Pick(
            $"รอบ {(runs.Count == 0 ? "ไม่มี" : string.Join(", ", runs))} (ข้าม {summary.SkippedRuns}) เขียน {summary.Written} ไม่มีเรื่องใหม่ {summary.NothingNew} "
            + $"ส่งแล้ว {mails.Sent} รอส่งใหม่ {mails.Deferred + mails.Uncertain} ไม่สำเร็จ {mails.Failed} ระงับ {mails.Suppressed} ยกเลิก {mails.Skipped}",
            $"runs {(runs.Count == 0 ? "none" : string.Join(", ", runs))} (skipped {summary.SkippedRuns}); written {summary.Written}, nothing new {summary.NothingNew}; "
            + $"sent {mails.Sent}, to be tried again {mails.Deferred + mails.Uncertain}, failed {mails.Failed}, suppressed {mails.Suppressed}, withdrawn {mails.Skipped}");
    }

    private static DateTimeOffset? ReadTime(string[] arguments, TimeProvider clock) => arguments switch
    {
        [] => clock.GetUtcNow(),
        ["--now", var text] => PointInTime.Parse(text),
        _ when arguments is [var one] && one.StartsWith("--now=", StringComparison.Ordinal) => PointInTime.Parse(one["--now=".Length..]),
        _ => null,
    };
}

/// <summary>A time as an operator types it: ISO 8601; without a zone it is Thai time, and a year of the Buddhist era is understood.</summary>
public static class PointInTime
{
    private static readonly string[] Formats =
        ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    private const int FirstBuddhistYear = 2400;

    public static DateTimeOffset? Parse(string text)
    {
        foreach (var format in Formats)
        {
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
                return BangkokTime.At(DateOnly.FromDateTime(CommonEra(local)), TimeOnly.FromDateTime(local));
            if (DateTimeOffset.TryParseExact(text, format + "K", CultureInfo.InvariantCulture, DateTimeStyles.None, out var zoned))
                return new DateTimeOffset(CommonEra(zoned.DateTime), zoned.Offset);
        }
        return null;
    }

    private static DateTime CommonEra(DateTime time) => time.Year >= FirstBuddhistYear ? time.AddYears(-543) : time;
}
