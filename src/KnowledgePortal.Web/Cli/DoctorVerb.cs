using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>doctor</c>: what is configured, what is missing, how to mend it. Refuses (1) when the site cannot work.</summary>
public sealed class DoctorVerb : IVerb
{
    private static readonly (string Program, string Package, string Thai, string English)[] Tools =
    [
        ("ffmpeg", "ffmpeg", "วาดวิดีโอสาธิต", "draws the demonstration recording"),
        ("vipsthumbnail", "libvips-tools", "ย่อรูปภาพ", "makes picture renditions"),
        ("pdftotext", "poppler-utils", "อ่านข้อความใน PDF", "reads the text of PDF files"),
    ];

    private bool _isBroken;

    public string Name => "doctor";

    public string Arguments => "";

    public string Summary => Words.Pick("ตรวจการตั้งค่า บอกสิ่งที่ขาดและวิธีแก้", "says what is configured, what is missing and how to mend it");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments.Length > 0) return null;
        var settings = site.GetRequiredService<PortalSettings>();
        Say(true, Words.Pick("โฟลเดอร์ข้อมูล", "data folder"), settings.Data);
        Say(true, Words.Pick("ที่อยู่เว็บไซต์", "address"), settings.BaseUrl);
        CheckDisk(settings);
        Need(File.Exists(Path.Combine(settings.ThemeAssets, "manifest.json")), Words.Pick("ไฟล์ของธีม", "theme files"), settings.ThemeAssets, "node themes/build.mjs");
        await CheckSiteAsync(site);
        CheckTools();
        return _isBroken ? Verbs.Refused : Verbs.Done;
    }

    private async Task CheckSiteAsync(IServiceProvider site)
    {
        var isSetUp = await site.GetRequiredService<SiteState>().IsSetUpAsync();
        Need(isSetUp, Words.Pick("เว็บไซต์", "site"), isSetUp ? Words.Pick("ตั้งค่าแล้ว", "set up") : Words.Pick("ยังไม่ได้ตั้งค่า", "not set up"),
            "./portal setup recipes/demo.recipe.json");
        if (!isSetUp) return;
        var database = site.GetRequiredService<Database>();
        var version = await database.FirstAsync<string>("select sqlite_version()");
        var published = await database.FirstAsync<long>("select count(*) from content_items where published = 1");
        Say(true, Words.Pick("ฐานข้อมูล", "database"), Words.Pick($"SQLite {version} เผยแพร่ {published} รายการ", $"SQLite {version}, {published} published items"));
        var lag = await site.GetRequiredService<SearchIndex>().LagAsync();
        Need(lag == 0, Words.Pick("ดัชนีค้นหา", "search index"), Words.Pick($"ค้างอยู่ {lag} รายการ", $"{lag} changes behind"), "./portal reindex");
    }

    private static void CheckDisk(PortalSettings settings)
    {
        var free = new DriveInfo(settings.Data).AvailableFreeSpace / (1024d * 1024 * 1024);
        var text = free.ToString("0.0", CultureInfo.InvariantCulture);
        Say(free >= 1, Words.Pick("พื้นที่ว่าง", "free disk"), $"{text} GiB");
    }

    private static void CheckTools()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var (program, package, thai, english) in Tools)
        {
            var isThere = folders.Any(f => File.Exists(Path.Combine(f, program)));
            Say(isThere, program, isThere ? Words.Pick(thai, english) : $"{Words.Pick(thai, english)} — apt-get install {package}");
        }
    }

    private void Need(bool isWell, string what, string state, string mend)
    {
        Say(isWell, what, isWell ? state : $"{state} — {mend}");
        _isBroken |= !isWell;
    }

    private static void Say(bool isWell, string what, string state) => Console.Out.WriteLine($"{(isWell ? "✓" : "✗")} {what}: {state}");
}
