using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Cli;
using KnowledgePortal.Web.Features.Documents;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>The state of one part of the site; <paramref name="Mend"/> is the command that mends it, when one does.</summary>
/// <param name="IsWell">Whether the part is as it should be.</param>
/// <param name="IsNeeded">Whether the site cannot work without it.</param>
/// <param name="What">The part.</param>
/// <param name="State">How it is.</param>
/// <param name="Mend">What to do.</param>
public sealed record Check(bool IsWell, bool IsNeeded, Phrase What, Phrase State, string? Mend = null);

/// <summary>What is configured, what is missing, how to mend it: for the operator's terminal and for the administrator's page.</summary>
public sealed class SystemChecks(PortalSettings settings, SiteState site, Database database, SearchIndex index, DocumentQueries documents)
{
    private const double LeastFreeDisk = 1; // GiB

    private static readonly (string Program, string Package, Phrase Use)[] Tools =
    [
        ("ffmpeg", "ffmpeg", new Phrase("วาดวิดีโอสาธิต", "draws the demonstration recording")),
        ("vipsthumbnail", "libvips-tools", new Phrase("ย่อรูปภาพ", "makes picture renditions")),
        ("pdftotext", "poppler-utils", new Phrase("อ่านข้อความใน PDF", "reads the text of PDF files")),
    ];

    public async Task<IReadOnlyList<Check>> RunAsync()
    {
        var checks = new List<Check>
        {
            new(true, true, new Phrase("โฟลเดอร์ข้อมูล", "data folder"), Phrase.Same(settings.Data)),
            new(true, true, new Phrase("ที่อยู่เว็บไซต์", "address"), Phrase.Same(settings.BaseUrl)),
            Disk(), Theme(),
        };
        var isSetUp = await site.IsSetUpAsync();
        checks.Add(new Check(
            isSetUp, true, new Phrase("เว็บไซต์", "site"), isSetUp ? new Phrase("ตั้งค่าแล้ว", "set up") : new Phrase("ยังไม่ได้ตั้งค่า", "not set up"),
            "./portal setup recipes/demo.recipe.json"));
        if (isSetUp) checks.AddRange([await DatabaseAsync(), await IndexAsync(), await DocumentsAsync()]);
        checks.AddRange(Tools.Select(Tool));
        return checks;
    }

    private Check Disk()
    {
        var free = new DriveInfo(settings.Data).AvailableFreeSpace / (1024d * 1024 * 1024);
        return new Check(free >= LeastFreeDisk, false, new Phrase("พื้นที่ว่าง", "free disk"), Phrase.Same($"{free.ToString("0.0", CultureInfo.InvariantCulture)} GiB"));
    }

    private Check Theme() => new(
        File.Exists(Path.Combine(settings.ThemeAssets, "manifest.json")), true, new Phrase("ไฟล์ของธีม", "theme files"), Phrase.Same(settings.ThemeAssets), "node themes/build.mjs");

    private async Task<Check> DatabaseAsync()
    {
        var name = await database.NameAsync();
        var published = await database.FirstAsync<long>("select count(*) from content_items where published = 1");
        return new Check(
            true, true, new Phrase("ฐานข้อมูล", "database"),
            new Phrase($"{name} เผยแพร่ {published:N0} รายการ", $"{name}, {published:N0} published items"));
    }

    private async Task<Check> IndexAsync()
    {
        var health = await index.HealthAsync();
        var (size, known) = (Megabytes(health.Bytes), health.Documents?.ToString("N0", CultureInfo.InvariantCulture));
        return new Check(
            health is { Lag: 0, IsRebuilding: false, Documents: not null }, true, new Phrase("ดัชนีค้นหา", "search index"),
            new Phrase(
                $"{(health.IsRebuilding ? "กำลังสร้างใหม่ " : "")}{known ?? "อ่านไม่ได้"} รายการ ค้างอยู่ {health.Lag:N0} ขนาด {size} MB {health.Segments} ส่วน",
                $"{(health.IsRebuilding ? "being rebuilt, " : "")}{known ?? "unreadable"} documents, {health.Lag:N0} changes behind, {size} MB in {health.Segments} segments"),
            "./portal reindex");
    }

    private async Task<Check> DocumentsAsync()
    {
        var counts = (await documents.CountsAsync()).ToDictionary(c => c.State, c => c.Count);
        var (waiting, read) = (Of(DocumentState.Waiting), Of(DocumentState.Readable) + Of(DocumentState.Partial));
        var unsearched = Of(DocumentState.Unreadable) + Of(DocumentState.Empty);
        var failed = Of(DocumentState.Failed) + Of(DocumentState.Missing);
        return new Check(
            failed == 0, false, new Phrase("ไฟล์แนบ", "attached files"),
            new Phrase(
                $"ค้นข้อความได้ {read:N0} รออ่าน {waiting:N0} ไม่มีข้อความที่อ่านได้ {unsearched:N0} เปิดไม่ได้ {failed:N0}",
                $"{read:N0} searched, {waiting:N0} waiting, {unsearched:N0} without readable text, {failed:N0} cannot be opened"),
            "/manage");

        long Of(DocumentState state) => counts.GetValueOrDefault(state);
    }

    private static Check Tool((string Program, string Package, Phrase Use) tool)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, tool.Program)));
        return new Check(isThere, false, Phrase.Same(tool.Program), tool.Use, $"apt-get install {tool.Package}");
    }

    private static string Megabytes(long bytes) => (bytes / (1024d * 1024)).ToString("0.0", CultureInfo.InvariantCulture);
}
