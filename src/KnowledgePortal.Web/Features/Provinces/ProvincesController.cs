using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>The map of provinces and the page of each.</summary>
[CachedPage]
public sealed class ProvincesController(ProvinceQueries provinces, SessionQueries sessions, PracticeQueries practices) : Controller
{
    [HttpGet("/provinces")]
    public async Task<IActionResult> Index()
    {
        var tiles = await provinces.TilesAsync(await HttpContext.ViewersAsync());
        return View(new ProvincesPage(tiles, ProvinceRegions.Of(tiles)));
    }

    [HttpGet("/provinces/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        if (await provinces.FindAsync(slug) is not { } province) return NotFound();
        var viewers = await HttpContext.ViewersAsync();
        var tiles = await provinces.TilesAsync(viewers);
        var own = await practices.WithTermAsync(province.TermId, viewers);
        return View(new ProvincePage(
            tiles.First(t => t.Slug == slug), province.EnglishName, province.Code, province.Summary, tiles, own, await sessions.WithTermAsync(province.TermId, viewers),
            [.. own.Where(p => p.AwardTitle is not null).Select(p => new ProvinceAward(p.AwardTitle!, p.AwardYear)).Distinct()]));
    }
}
