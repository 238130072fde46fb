using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using System.Globalization;
using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>Plain pages, and the page of every other item or term with an address that no feature shows.</summary>
[CachedPage]
public sealed class PagesController(ContentManager contents, ContentDefinitions definitions, TermQueries terms, ItemLists lists, ShownParts parts) : Controller
{
    [HttpGet("/{**path}", Order = 1000)]
    public async Task<IActionResult> Detail(string? path, [FromQuery(Name = "page")] string? asked)
    {
        if (path is null) return NotFound();
        var page = int.TryParse(asked ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var viewers = await HttpContext.ViewersAsync();
        if (await contents.GetByPathAsync(path, viewers) is not { } item) return await TermAsync(path, page, viewers);
        if (item.ContentType == PagePart.ContentType)
            return View(new StaticPage(item, item.DisplayText, item.As<PagePart>().Summary, MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown), UpdatedOn(item)));

        var list = (await definitions.FindAsync(item.ContentType))?.Part("ListPart") is { } part ? await lists.OfListAsync(item, part, path, page, viewers) : null;
        return Show(item, list, page, await parts.OfAsync(item, viewers));
    }

    private async Task<IActionResult> TermAsync(string path, int page, ViewerTokens viewers)
    {
        if (await terms.AtPathAsync(path) is not { } term || await terms.ItemAsync(term.TermId) is not { } item) return NotFound();
        return Show(item, await lists.OfTermAsync(term, page, viewers), page, await parts.OfAsync(item, viewers));
    }

    private IActionResult Show(ContentItem item, ItemList? list, int page, IReadOnlyList<ShownPart> shown)
    {
        if (list is null ? page != 1 : page < 1 || page > list.PageCount) return NotFound();
        var seo = item.Parts["SeoMetaPart"] as JsonObject ?? [];
        return View("Item", new ItemPage(item.DisplayText, seo["MetaDescription"]?.ToString() ?? "", seo["MetaRobots"]?.ToString(), shown, list, UpdatedOn(item)));
    }

    private static DateOnly? UpdatedOn(ContentItem item) => item.ModifiedUtc is { } time ? BangkokTime.Day(time) : null;
}
