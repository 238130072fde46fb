using KnowledgePortal.Web.Features.Admin;
using KnowledgePortal.Web.Features.Checks;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Cli;

/// <summary><c>doctor</c>: what is configured, what is missing, how to mend it. Refuses (1) when the site cannot work.</summary>
public sealed class DoctorVerb : IVerb
{
    public string Name => "doctor";

    public string Arguments => "";

    public string Summary => Words.Pick("ตรวจการตั้งค่า บอกสิ่งที่ขาดและวิธีแก้", "says what is configured, what is missing and how to mend it");

    public async Task<int?> RunAsync(string[] arguments, IServiceProvider site)
    {
        if (arguments.Length > 0) return null;
        var checks = await site.GetRequiredService<SystemChecks>().RunAsync();
        foreach (var check in checks)
            Console.Out.WriteLine($"{(check.IsWell ? "✓" : "✗")} {Words.Pick(check.What)}: {Words.Pick(check.State)}{(check.IsWell || check.Mend is null ? "" : $" — {check.Mend}")}");
        var findings = await site.GetRequiredService<SiteState>().IsSetUpAsync() ? await site.GetRequiredService<SiteCheck>().RunAsync(isDeep: false) : [];
        foreach (var finding in findings) Console.Out.WriteLine($"✗ {Words.Pick(finding.Invariant)}: {finding.Subject}: {Words.Pick(finding.What)}");
        return findings.Count > 0 || checks.Any(c => c is { IsNeeded: true, IsWell: false }) ? Verbs.Refused : Verbs.Done;
    }
}
