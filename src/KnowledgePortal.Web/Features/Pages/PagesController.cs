using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>Plain pages of the site, at the address that their Autoroute gives.</summary>
public sealed class PagesController(ContentManager contents) : Controller
{
    [HttpGet("/{path}", Order = 1000)]
    public async Task<IActionResult> Detail(string path)
    {
        if (await contents.GetByPathAsync(path) is not { ContentType: PagePart.ContentType } item) return NotFound();
        return View(new StaticPage(
            item.ContentItemId, item.DisplayText, item.As<PagePart>().Summary, MarkdownHtml.Render(item.As<MarkdownBodyPart>().Markdown),
            item.ModifiedUtc is { } time ? BangkokTime.Day(time) : null));
    }
}

/// <summary>The fields of a Page.</summary>
public sealed class PagePart : ContentPart
{
    public const string ContentType = "Page";

    protected override string PartName => ContentType;

    public string Summary => Text();
}
