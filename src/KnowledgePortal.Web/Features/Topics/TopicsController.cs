using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Practices;
using KnowledgePortal.Web.Features.Sessions;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Topics;

/// <summary>Everything about one topic.</summary>
[CachedPage]
public sealed class TopicsController(TermQueries terms, SessionQueries sessions, PracticeQueries practices) : Controller
{
    private const string Taxonomy = "topics";

    [HttpGet("/topics/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        if (await terms.FindAsync(Taxonomy, slug) is not { } topic) return NotFound();
        var viewers = await HttpContext.ViewersAsync();
        var item = await terms.ItemAsync(topic.TermId);
        return View(new TopicPage(
            topic, item?.As<TopicPart>().Description ?? "", await sessions.WithTermAsync(topic.TermId, viewers), await practices.WithTermAsync(topic.TermId, viewers),
            [.. (await terms.AllAsync(Taxonomy)).Where(t => t.TermId != topic.TermId)]));
    }

    private sealed class TopicPart : ContentPart
    {
        protected override string PartName => "Topic";

        public string Description => Text();
    }
}
