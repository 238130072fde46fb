using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>The organizer's workbench: own drafts, everything by its last change, and what can be made new.</summary>
[OrganizersOnly]
public sealed class DashboardController(EditorAccess access, ItemQueries items, RolePermissions permissions) : Controller
{
    private const int LongestQuery = 200;
    private const int MostPages = 1000;

    [HttpGet("/manage")]
    public async Task<IActionResult> Index(string? type, string? q, int page = 1)
    {
        var visitor = User.ToVisitor();
        var creatable = await access.CreatableAsync(visitor);
        var open = await access.OpenTypesAsync(visitor, creatable);
        var types = creatable.Select(t => t.Name).ToList();
        var text = TypedText.Line(q ?? "");
        if (text.Length > LongestQuery) text = text[..LongestQuery];
        if (type is not null && !types.Contains(type)) type = null;
        page = Math.Clamp(page, 1, MostPages);
        var (found, total) = await items.ListAsync(visitor, types, open, type, text, page);
        return View(new DashboardPage
        {
            Creatable = creatable, Items = found, Total = total, Type = type, Query = text, Page = page,
            PageCount = (int)((total + ItemQueries.PageSize - 1) / ItemQueries.PageSize),
            MyDrafts = await items.DraftsOfAsync(visitor, types, open),
            Done = TempData[ItemsController.DoneKey] as string,
            MayManageTerms = await permissions.HasAsync(visitor, Terms.TermsController.Permission),
        });
    }
}
