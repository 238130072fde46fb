using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The search page.</summary>
public sealed class SearchController(PortalSearch search) : Controller
{
    [HttpGet("/search")]
    public async Task<IActionResult> Index() => View(await search.RunAsync(SearchInput.Read(Request.Query)));
}
