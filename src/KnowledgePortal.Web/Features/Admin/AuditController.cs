using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>The audit trail, newest first.</summary>
public sealed class AuditController(AuditTrail audit) : Controller
{
    private const int PageSize = 100;

    [HttpGet("/admin/audit")]
    [Requires("ViewAuditTrail")]
    public async Task<IActionResult> Index(long? before)
    {
        var events = await audit.LatestAsync(PageSize, before);
        return View(new AuditPage(events, events.Count == PageSize ? events[^1].Id : null));
    }
}
