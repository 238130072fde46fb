using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.Lists;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using System.Globalization;

namespace KnowledgePortal.Web.Features.Articles;

/// <summary>/articles, newest first.</summary>
public sealed record ArticlesPage(IReadOnlyList<ArticleRow> Articles, int Total, int Page, int PageCount, IReadOnlyList<PageLink> Pages);

/// <summary>One article; <paramref name="Original"/> says the same and was there first.</summary>
public sealed record ArticlePage(
    ContentItem Item, ArticleRow Article, string BodyHtml, Link? Source, IReadOnlyList<Term> Topics, IReadOnlyList<Term> Provinces, ArticleRow? Original, string Url)
{
    public DateTime? PublishedUtc { get; init; }
    public DateTime? ModifiedUtc { get; init; }
}

/// <summary>News and articles.</summary>
[CachedPage]
public sealed class ArticlesController(ContentManager contents, ArticleQueries articles, PublishedTerms terms, PortalSettings settings) : Controller
{
    private const int PageSize = 20;
    private const int MostPageLinks = 7;

    [HttpGet("/articles")]
    public async Task<IActionResult> Index([FromQuery(Name = "page")] string? asked)
    {
        var page = int.TryParse(asked ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (page < 1) return NotFound();
        var (shown, total) = await articles.PageAsync((page - 1L) * PageSize, PageSize, await HttpContext.ViewersAsync());
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        if (page > pages) return NotFound();
        var first = Math.Max(1, Math.Min(page - MostPageLinks / 2, pages - MostPageLinks + 1));
        var links = Enumerable.Range(first, Math.Min(MostPageLinks, pages)).Select(n => new PageLink(n, $"/articles?page={n}", n == page));
        return View(new ArticlesPage(shown, total, page, pages, [.. links]));
    }

    [HttpGet("/articles/{slug}")]
    public async Task<IActionResult> Detail(string slug)
    {
        var viewers = await HttpContext.ViewersAsync();
        var item = await contents.GetByPathAsync($"articles/{slug}", viewers);
        if (item?.ContentType != ArticlePart.ContentType) return NotFound();
        var part = item.As<ArticlePart>();
        var rows = await articles.GetAsync([item.ContentItemId, part.DuplicateOfId ?? ""], viewers);
        if (!rows.TryGetValue(item.ContentItemId, out var row)) return NotFound();
        return View(new ArticlePage(
            item, row, MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown), part.Source, await terms.GetAsync(part.Topics), await terms.GetAsync(part.Provinces),
            rows.GetValueOrDefault(part.DuplicateOfId ?? ""), settings.Absolute(row.Path)) { PublishedUtc = item.PublishedUtc, ModifiedUtc = item.ModifiedUtc });
    }
}
