using KnowledgePortal.Web.Hosting.Limits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The search page.</summary>
[EnableRateLimiting(RequestLimits.Searches)]
public sealed class SearchController(PortalSearch search) : Controller
{
    [HttpGet("/search")]
    public async Task<IActionResult> Index() => View(await search.RunAsync(SearchInput.Read(Request.Query)));
}
