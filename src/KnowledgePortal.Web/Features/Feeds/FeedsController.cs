using System.Globalization;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Communities;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>What is new as Atom: on the site, of a type, in a community, about a topic.</summary>
[CachedPage]
public sealed class FeedsController(FeedQueries feeds, SiteSettings site, ContentManager contents, FeedSubjects subjects, PortalSettings settings) : Controller
{
    private const int PageSize = 30;
    private const int MostPages = 1000;

    [HttpGet("/feed.atom")]
    public Task<IActionResult> Site([FromQuery(Name = "page")] string? asked) => FeedAsync(FeedScope.Site, null, "feed.atom", "", asked);

    [HttpGet("/feeds/{type}.atom")]
    public async Task<IActionResult> OfType(string type, [FromQuery(Name = "page")] string? asked) =>
        await subjects.TypeAsync(type) is { } known ? await FeedAsync(new FeedScope { Types = [known.Name] }, known.DisplayName, $"feeds/{known.Name}.atom", "", asked) : NotFound();

    [HttpGet("/cop/{community}/feed.atom")]
    public async Task<IActionResult> OfCommunity(string community, [FromQuery(Name = "page")] string? asked)
    {
        var item = await contents.GetByPathAsync($"cop/{community}", await HttpContext.ViewersAsync());
        return item?.ContentType == CommunityPart.ContentType
            ? await FeedAsync(new FeedScope { CommunityId = item.ContentItemId }, item.DisplayText, $"cop/{community}/feed.atom", $"cop/{community}", asked) : NotFound();
    }

    [HttpGet("/topics/{slug}/feed.atom")]
    public async Task<IActionResult> OfTopic(string slug, [FromQuery(Name = "page")] string? asked) =>
        await subjects.TopicAsync(slug) is { } topic ? await FeedAsync(new FeedScope { TermId = topic.TermId }, topic.Title, $"topics/{slug}/feed.atom", $"topics/{slug}", asked) : NotFound();

    private async Task<IActionResult> FeedAsync(FeedScope scope, string? subject, string path, string page, string? asked)
    {
        if (!int.TryParse(asked ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostPages) return NotFound();
        var entries = await feeds.PageAsync(scope, await HttpContext.ViewersAsync(), (number - 1) * PageSize, PageSize);
        if (entries.Count == 0 && number > 1) return NotFound();
        var name = (await site.GetAsync("SiteName"))?.ToString() ?? "";
        var feed = new AtomFeed(subject is null ? name : $"{subject} · {name}", name, path, page, number, entries.Count > PageSize, [.. entries.Take(PageSize)]);
        return XmlAnswer.Of(HttpContext, "application/atom+xml", writer => feed.Write(writer, settings));
    }
}

/// <summary>What a feed may be about.</summary>
public sealed class FeedSubjects(ContentDefinitions definitions, TermQueries terms)
{
    public Task<ContentTypeDefinition?> TypeAsync(string name) => definitions.FindAsync(name);

    public Task<Term?> TopicAsync(string slug) => terms.FindAsync("topics", slug);
}
