using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Search;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>What readers look for, and what of it they do not find: what to write about next.</summary>
[OrganizersOnly]
public sealed class AskedQueriesController(AskedQueries asked, AskedQueryLists lists) : Controller
{
    [HttpGet("/manage/searches")]
    public async Task<IActionResult> Index()
    {
        try
        {
            await asked.FlushAsync();
        }
        catch (BusyDatabaseException)
        {
            // What was counted since the last half minute stays counted; the page shows what is written.
        }
        return View(new AskedQueriesPage(await lists.EmptyAsync(), await lists.PopularAsync()));
    }
}

public sealed record AskedQueriesPage(IReadOnlyList<AskedQuery> Empty, IReadOnlyList<AskedQuery> Popular);
