using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Topics;

/// <summary>Everything about one topic.</summary>
[CachedPage]
public sealed class TopicsController(PublishedTerms terms, TopicDescriptions descriptions, SessionQueries sessions, PracticeQueries practices) : Controller
{
    [HttpGet("/topics/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        if (await terms.FindAsync(TopicDescriptions.Taxonomy, slug) is not { } topic) return NotFound();
        var viewers = await HttpContext.ViewersAsync();
        return View(new TopicPage(
            topic, await descriptions.OfAsync(topic), await sessions.WithTermAsync(topic.TermId, viewers), await practices.WithTermAsync(topic.TermId, viewers),
            [.. (await terms.AllAsync(TopicDescriptions.Taxonomy)).Where(t => t.TermId != topic.TermId)]));
    }
}
