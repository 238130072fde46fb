using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Provinces;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Home;

/// <summary>The front page.</summary>
[CachedPage]
public sealed class HomeController(SessionQueries sessions, PracticeQueries practices, ProvinceQueries provinces, SearchExamples examples, TimeProvider clock) : Controller
{
    private const int LatestCount = 5;
    private const int PracticeCount = 3;

    [HttpGet("/")]
    public async Task<IActionResult> Index()
    {
        var today = BangkokTime.Today(clock);
        var viewers = await HttpContext.ViewersAsync();
        var (next, series, latest, recordCount) = await sessions.FrontAsync(today, LatestCount, viewers);
        return View(new HomePage
        {
            Next = next,
            NextIsPast = next is not null && next.HeldOn < today,
            DaysToNext = next is null ? 0 : next.HeldOn.DayNumber - today.DayNumber,
            FoldsTitle = series.Count > 0 ? $"{series[0].CommunityShortName} ปีงบประมาณ\u00A0{series[0].FiscalYear}" : "",
            FoldsPath = series.Count > 0 ? series[0].CommunityPath : null,
            Folds = FiscalYearFolds.Of(series),
            Latest = latest,
            RecordCount = recordCount,
            Practices = await practices.LatestAsync(PracticeCount, viewers),
            Tiles = await provinces.TilesAsync(viewers),
            Examples = await examples.AllAsync(),
        });
    }
}
