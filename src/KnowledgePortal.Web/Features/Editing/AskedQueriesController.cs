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
        await asked.FlushAsync();
        return View(new AskedQueriesPage(await lists.EmptyAsync(), await lists.PopularAsync()));
    }
}

public sealed record AskedQueriesPage(IReadOnlyList<AskedQuery> Empty, IReadOnlyList<AskedQuery> Popular);
