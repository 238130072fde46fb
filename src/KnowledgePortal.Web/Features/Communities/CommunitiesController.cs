using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Communities;

/// <summary><c>/cop</c> and the page of each community.</summary>
[CachedPage]
public sealed class CommunitiesController(
    ContentManager contents, CommunityQueries communities, SessionQueries sessions, PublishedTerms terms, TimeProvider clock) : Controller
{
    [HttpGet("/cop")]
    public async Task<IActionResult> Index()
    {
        var viewers = await HttpContext.ViewersAsync();
        return View(new CommunitiesPage(await communities.AllAsync(viewers), await sessions.AllAsync(viewers)));
    }

    [HttpGet("/cop/{community}")]
    public async Task<IActionResult> Detail(string community)
    {
        var viewers = await HttpContext.ViewersAsync();
        var item = await contents.GetByPathAsync($"cop/{community}", viewers);
        if (item?.ContentType != CommunityPart.ContentType || await communities.FindAsync(item.ContentItemId, viewers) is not { } card) return NotFound();
        var own = await sessions.OfCommunityAsync(item.ContentItemId, BangkokTime.Today(clock), viewers);
        var years = own.All.GroupBy(s => s.FiscalYear)
            .Select(year => new CommunityYear(year.Key, FiscalYearFolds.Of(year), [.. year.Reverse()]));
        return View(new CommunityPage(
            card,
            MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown),
            await terms.GetAsync(item.As<CommunityPart>().Topics),
            own.Next,
            [.. years]));
    }
}
