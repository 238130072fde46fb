using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Thai;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Calendar;

/// <summary>One fiscal year as a list by month.</summary>
[CachedPage]
public sealed class CalendarController(SessionQueries sessions, TimeProvider clock) : Controller
{
    [HttpGet("/calendar")]
    public async Task<IActionResult> Index([FromQuery(Name = "fy")] string? asked)
    {
        var viewers = await HttpContext.ViewersAsync();
        var all = await sessions.AllAsync(viewers);
        int[] years = [.. all.Select(s => s.FiscalYear).Distinct().OrderDescending()];
        int year;
        if (asked is null) year = years.Length > 0 ? years[0] : FiscalYear.Of(BangkokTime.Today(clock));
        else if (!int.TryParse(asked, out year) || !years.Contains(year)) return NotFound();
        var months = all.Where(s => s.FiscalYear == year)
            .GroupBy(s => new DateOnly(s.HeldOn.Year, s.HeldOn.Month, 1)).OrderBy(m => m.Key)
            .Select(m => new CalendarMonth(m.Key, [.. m.OrderBy(s => s.HeldOn).ThenBy(s => s.StartTime)]));
        return View(new CalendarPage(year, years, [.. months]));
    }
}
