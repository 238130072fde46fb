using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Sessions;

/// <summary>The record of one session, at <c>/cop/{community}/{fiscal year}/{number or slug}</c>.</summary>
[CachedPage]
public sealed class SessionsController(ContentManager contents, SessionQueries sessions, PublishedTerms terms, PortalSettings settings) : Controller
{
    [HttpGet("/cop/{community}/{fiscalYear:int}/{slug}")]
    public async Task<IActionResult> Detail(string community, int fiscalYear, string slug)
    {
        var viewers = await HttpContext.ViewersAsync();
        var item = await contents.GetByPathAsync($"cop/{community}/{fiscalYear}/{slug}", viewers);
        if (item?.ContentType != SessionPart.ContentType) return NotFound();
        var part = item.As<SessionPart>();
        var year = await sessions.YearOfAsync(item.ContentItemId, part.NextSessionId, viewers);
        if (year.Sessions.FirstOrDefault(s => s.ContentItemId == item.ContentItemId) is not { } row) return NotFound();
        return View(new SessionPage
        {
            Session = row,
            Item = item,
            SummaryHtml = MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown),
            ObjectivesHtml = MarkdownHtml.Render(part.Objectives),
            ChairName = OrNull(part.ChairName), ChairPosition = OrNull(part.ChairPosition),
            DelegatedByName = OrNull(part.DelegatedByName), DelegatedByPosition = OrNull(part.DelegatedByPosition),
            Host = (await terms.GetAsync(part.Host)).FirstOrDefault(),
            Venue = OrNull(part.Venue), Mode = OrNull(part.Mode), Channels = part.Channels, RemoteSites = part.RemoteSites,
            Audience = OrNull(part.Audience), AttendingOrganisations = part.AttendingOrganisations,
            Takeaways = [.. item.Bag("Takeaways").Select(t => new Takeaway(t.DisplayText, t.As<TakeawayPart>().Detail))],
            Agenda = [.. item.Bag("Agenda").Select(a => new AgendaSegment(a.DisplayText, a.As<AgendaItem>().Speakers))],
            Speakers = [.. item.Bag("Speakers").Select(SpeakerOf)],
            Topics = await terms.GetAsync(part.Topics),
            Provinces = await terms.GetAsync(part.Provinces),
            SuccessFactors = await terms.GetAsync(part.SuccessFactors),
            PmqaCategories = await terms.GetAsync(part.PmqaCategories),
            Next = year.Next,
            Year = FiscalYearFolds.Of(year.Sessions, row.ContentItemId),
            Source = part.SourcePublisher.Length > 0 ? new SourceNote(part.SourcePublisher, part.Source?.Url, part.SourceDate) : null,
            PublishedOn = Day(item.PublishedUtc), UpdatedOn = Day(item.ModifiedUtc),
            Url = settings.Absolute(row.Path),
        });
    }

    private static SessionSpeaker SpeakerOf(ContentItem item)
    {
        var speaker = item.As<Speaker>();
        return new SessionSpeaker(item.DisplayText, speaker.Position, speaker.Organisation, speaker.Role);
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static DateOnly? Day(DateTime? utc) => utc is { } time ? BangkokTime.Day(time) : null;
}
