using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Practices;

/// <summary>The library of practices and programmes, and the page of each.</summary>
[CachedPage]
public sealed class PracticesController(
    ContentManager contents, PracticeQueries practices, SessionQueries sessions, PublishedTerms terms, PortalSettings settings) : Controller
{
    private const int MostRelated = 3;

    [HttpGet("/practices")]
    public async Task<IActionResult> Index()
    {
        var library = await practices.AllAsync(await HttpContext.ViewersAsync());
        return View(new PracticeFilter(Request.Query).Apply(library.Practices, library.Terms));
    }

    [HttpGet("/practices/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        var viewers = await HttpContext.ViewersAsync();
        var item = await contents.GetByPathAsync($"practices/{slug}", viewers);
        if (item is null || PracticePart.Of(item) is not { } part) return NotFound();
        var (card, related) = await practices.FindAsync(item.ContentItemId, part.Province.FirstOrDefault(), part.ToldInId, MostRelated, viewers);
        if (card is null) return NotFound();
        var toldIn = await sessions.FindAsync(part.ToldInId, viewers);
        return View(new PracticePage
        {
            Practice = card,
            Item = item,
            BodyHtml = MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown),
            ProblemHtml = MarkdownHtml.Render(part.Problem),
            PrerequisitesHtml = MarkdownHtml.Render(part.Prerequisites),
            YearStarted = part.YearStarted, Stage = OrNull(part.Stage), Cost = OrNull(part.Cost), TimeToAdopt = OrNull(part.TimeToAdopt),
            ContactPost = OrNull(part.ContactPost), Partners = part.Partners,
            Steps = [.. item.Bag("Steps").Select(s => new Takeaway(s.DisplayText, s.As<PracticeStep>().Detail))],
            Results = [.. item.Bag("Results").Select(ResultOf)],
            Topics = await terms.GetAsync(part.Topics),
            SuccessFactors = await terms.GetAsync(part.SuccessFactors),
            PmqaCategories = await terms.GetAsync(part.PmqaCategories),
            WebsiteUrl = part.Website?.Url,
            WebsiteText = part.Website is { } link ? OrNull(link.Text) ?? link.Url : null,
            ToldIn = toldIn,
            ToldAt = part.ToldAt,
            WatchPath = toldIn?.RecordingSeconds is null ? null : $"{toldIn.Path}/watch",
            Source = part.SourcePublisher.Length > 0 ? new SourceNote(part.SourcePublisher, part.Source?.Url, part.SourceDate) : null,
            PublishedUtc = item.PublishedUtc, ModifiedUtc = item.ModifiedUtc,
            UpdatedOn = item.ModifiedUtc is { } time ? BangkokTime.Day(time) : null,
            Related = related,
            Url = settings.Absolute(card.Path),
        });
    }

    private static ResultRow ResultOf(ContentItem item)
    {
        var row = item.As<ResultRowPart>();
        return new ResultRow(item.DisplayText, row.Before, row.After, row.Unit, row.Period);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
