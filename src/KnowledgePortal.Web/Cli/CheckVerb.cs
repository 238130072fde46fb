using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>check [--deep] [--json]</c>: whether everything that must be true of the site is. 0 sound, 1 something was found, 2 could not be checked.</summary>
public sealed class CheckVerb : IVerb
{
    private const int NotChecked = 2;
    private static readonly JsonSerializerOptions ReportFormat = new(JsonText.Options) { WriteIndented = true };

    public string Name => "check";

    public string Arguments => "[--deep] [--json]";

    public string Summary => Words.Pick(
        "ตรวจว่าฐานข้อมูล ฉบับ ตารางดัชนี ไฟล์สื่อ คิว และดัชนีค้นหาตรงกัน --deep เทียบเนื้อหาทั้งหมด (ออกด้วย 0 สมบูรณ์ 1 พบปัญหา 2 ตรวจไม่ได้)",
        "whether database, versions, index tables, media files, queues and search index agree; --deep compares all contents (exit code 0 sound, 1 findings, 2 could not check)");

    public int Failed => NotChecked;

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments.Except(["--deep", "--json"]).Any()) return null;
        if (!await site.GetRequiredService<SiteState>().IsSetUpAsync())
        {
            Console.Error.WriteLine(Words.Pick("ยังไม่ได้ตั้งค่าเว็บไซต์", "there is no site in the data folder"));
            return NotChecked;
        }
        var check = site.GetRequiredService<SiteCheck>();
        var findings = await check.RunAsync(arguments.Contains("--deep"));
        if (arguments.Contains("--json")) Console.Out.WriteLine(Json(findings).ToJsonString(ReportFormat));
        else Show(check, findings);
        return findings.Count == 0 ? Verbs.Done : Verbs.Refused;
    }

    private static void Show(SiteCheck check, IReadOnlyList<Finding> findings)
    {
        foreach (var name in check.Names)
        {
            var found = findings.Where(f => f.Invariant == name).ToList();
            Console.Out.WriteLine($"{(found.Count == 0 ? "✓" : "✗")} {Words.Pick(name)}");
            foreach (var finding in found) Console.Out.WriteLine($"    {finding.Subject}: {Words.Pick(finding.What)}");
        }
    }

    private static JsonObject Json(IReadOnlyList<Finding> findings) => new()
    {
        ["sound"] = findings.Count == 0,
        ["findings"] = new JsonArray([.. findings.Select(f => new JsonObject { ["invariant"] = Words.Pick(f.Invariant), ["subject"] = f.Subject, ["what"] = Words.Pick(f.What) })]),
    };
}
