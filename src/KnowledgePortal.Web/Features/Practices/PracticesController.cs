using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
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
    ContentManager contents, PracticeQueries practices, SessionQueries sessions, TermQueries terms, PortalSettings settings) : Controller
{
    private const int MostRelated = 3;

    [HttpGet("/practices")]
    public async Task<IActionResult> Index()
    {
        var viewers = await HttpContext.ViewersAsync();
        var carried = (await practices.CarriedTermsAsync(viewers)).ToLookup(t => t.ContentItemId);
        return View(new PracticeFilter(Request.Query).Apply(await practices.AllAsync(viewers), carried));
    }

    [HttpGet("/practices/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        var viewers = await HttpContext.ViewersAsync();
        var item = await contents.GetByPathAsync($"practices/{slug}", viewers);
        if (item is null || PracticePart.Of(item) is not { } part || await practices.FindAsync(item.ContentItemId, viewers) is not { } card) return NotFound();
        var toldIn = await sessions.FindAsync(part.ToldInId, viewers);
        return View(new PracticePage
        {
            Practice = card,
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
            Related = await RelatedAsync(item.ContentItemId, part, viewers),
            Url = settings.Absolute(card.Path),
        });
    }

    // The same province first, then the same session.
    private async Task<IReadOnlyList<PracticeCard>> RelatedAsync(string id, PracticePart part, ViewerTokens viewers)
    {
        var sameProvince = part.Province.Count > 0 ? await practices.WithTermAsync(part.Province[0], viewers) : [];
        var sameSession = part.ToldInId is { } session ? await practices.ToldInAsync(session, viewers) : [];
        return [.. sameProvince.Concat(sameSession).Where(p => p.ContentItemId != id).DistinctBy(p => p.ContentItemId).Take(MostRelated)];
    }

    private static ResultRow ResultOf(ContentItem item)
    {
        var row = item.As<ResultRowPart>();
        return new ResultRow(item.DisplayText, row.Before, row.After, row.Unit, row.Period);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
