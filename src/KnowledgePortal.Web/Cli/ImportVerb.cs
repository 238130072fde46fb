using System.Diagnostics;
using System.Globalization;
using KnowledgePortal.Web.Features.Articles;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>import FILE.jsonl</c>: news items as articles.</summary>
public sealed class ImportVerb : IVerb
{
    private const int BarWidth = 30;

    public string Name => "import";

    public string Arguments => "FILE.jsonl";

    public string Summary => Words.Pick(
        "นำเข้าข่าวเป็นบทความ หนึ่งบรรทัดต่อหนึ่งข่าว {id,title,text} (.jsonl หรือ .jsonl.gz) รันซ้ำได้",
        "imports news items {id,title,text}, one a line (.jsonl or .jsonl.gz), as articles; may be run again");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments.Length != 1) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return Verbs.Refused;
        }
        var watch = Stopwatch.StartNew();
        using var file = NewsFile.Open(arguments[0]);
        var summary = await site.GetRequiredService<ArticleImport>().RunAsync(file, NameSkipped, done => ShowProgress(file.Progress, done));
        ShowProgress(1, summary.Imported + summary.Known + summary.Skipped);
        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
        await site.GetRequiredService<SearchIndex>().CatchUpAsync();
        var seconds = watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine(Words.Pick(
            $"นำเข้า {summary.Imported} รายการ (ซ้ำกับเรื่องอื่น {summary.Duplicates}) มีอยู่แล้ว {summary.Known} ข้าม {summary.Skipped} บรรทัด ใน {seconds} วินาที",
            $"imported {summary.Imported} (duplicates {summary.Duplicates}), known {summary.Known}, skipped {summary.Skipped} in {seconds} s"));
        return Verbs.Done;
    }

    private static void NameSkipped(NewsLine line) => Console.Error.WriteLine(
        (Console.IsErrorRedirected ? "" : "\r") + Words.Pick($"ข้ามบรรทัด {line.Number}: {line.Reason}", $"skipped line {line.Number}: {line.Reason}"));

    private static void ShowProgress(double share, int done)
    {
        if (Console.IsErrorRedirected) return;
        var filled = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth);
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', BarWidth - filled)}] {done.ToString("N0", CultureInfo.InvariantCulture)} ");
    }
}
