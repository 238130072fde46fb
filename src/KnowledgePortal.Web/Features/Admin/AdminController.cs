using KnowledgePortal.Web.Features.Jobs;
using KnowledgePortal.Web.Features.Nodes;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting.Visitors;
using KnowledgePortal.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>Health with jobs.</summary>
public sealed class AdminController(SystemChecks checks, JobRuns jobs, NodeList nodes, SearchIndex index, IMailTransport transport, FolderTransport folder, MailHold hold, HeldSendings held) : Controller
{
    [HttpGet("/admin")]
    [Requires("ManageSettings")]
    public async Task<IActionResult> Index(CancellationToken cancellation)
    {
        var isFolder = transport is FolderTransport;
        return View(new HealthPage(
            await checks.RunAsync(), isFolder ? "โฟลเดอร์ mail ในข้อมูลของเว็บไซต์" : "เซิร์ฟเวอร์อีเมล",
            await transport.CheckAsync(cancellation), folder.Count, await jobs.LatestAsync(), await index.HealthAsync(), await nodes.AllAsync())
        {
            Hold = await hold.CurrentAsync(),
            Waiting = await held.CountAsync(),
        });
    }
}
