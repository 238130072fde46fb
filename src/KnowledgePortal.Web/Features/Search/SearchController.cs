using KnowledgePortal.Web.Hosting.Limits;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The search page, and the page about what can be typed into it.</summary>
public sealed class SearchController(PortalSearch search, AskedQueries asked) : Controller
{
    [HttpGet("/search"), EnableRateLimiting(RequestLimits.Searches)]
    public async Task<IActionResult> Index()
    {
        var page = await search.RunAsync(SearchInput.Read(Request.Query), User.ToVisitor());
        asked.Note(page);
        return View(page);
    }

    [HttpGet("/search/help"), CachedPage]
    public IActionResult Help() => View();
}
