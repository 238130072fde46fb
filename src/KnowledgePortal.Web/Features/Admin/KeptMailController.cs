using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.Visitors;
using KnowledgePortal.Web.Mail;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Admin;

/// <summary>Mails in the data folder. They hold links that sign in, so only who manages people may read them.</summary>
[Requires("ManageUsers")]
public sealed class KeptMailController(FolderTransport folder) : Controller
{
    private const int PageSize = 50;

    [HttpGet("/admin/mail")]
    public async Task<IActionResult> Index(int page)
    {
        var total = folder.Count;
        var pageCount = Math.Max(1, (total + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pageCount);
        return View(new MailsPage(await folder.ListAsync((page - 1) * PageSize, PageSize), total, page, pageCount));
    }

    [HttpGet("/admin/mail/{id}")]
    public async Task<IActionResult> Detail(string id) => await folder.FindAsync(id) is { } mail ? View(mail) : NotFound();

    [HttpGet("/admin/mail/{id}/html")]
    public async Task<IActionResult> Html(string id) =>
        await folder.FindAsync(id) is { Content.Html: { } html } ? MailPage.Show(Response, html) : NotFound();
}
