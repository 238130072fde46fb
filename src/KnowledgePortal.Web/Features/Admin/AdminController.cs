using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Hosting.Visitors;
using KnowledgePortal.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>Health with jobs, and the audit trail.</summary>
public sealed class AdminController(SystemChecks checks, JobRuns jobs, AuditTrail audit, IMailTransport transport, FolderTransport folder) : Controller
{
    private const int AuditPageSize = 100;

    [HttpGet("/admin")]
    [Requires("ManageSettings")]
    public async Task<IActionResult> Index(CancellationToken cancellation)
    {
        var isFolder = transport is FolderTransport;
        return View(new HealthPage(
            await checks.RunAsync(), isFolder ? "โฟลเดอร์ mail ในข้อมูลของเว็บไซต์" : "เซิร์ฟเวอร์อีเมล",
            await transport.CheckAsync(cancellation), folder.Count, await jobs.LatestAsync()));
    }

    [HttpGet("/admin/audit")]
    [Requires("ViewAuditTrail")]
    public async Task<IActionResult> Audit(long? before)
    {
        var events = await audit.LatestAsync(AuditPageSize, before);
        return View(new AuditPage(events, events.Count == AuditPageSize ? events[^1].Id : null));
    }
}
