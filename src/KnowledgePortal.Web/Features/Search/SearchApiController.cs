using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Limits;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Search and published content as JSON, open to everybody.</summary>
[EnableRateLimiting(RequestLimits.Searches)]
public sealed class SearchApiController(PortalSearch search, SearchSuggestions suggestions, ContentManager contents, ReadersJson readers) : Controller
{
    private const int SecondsCached = 60;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary><c>snippet</c> is encoded HTML with <c>mark</c> around what matched; <c>province</c> is a slug.</summary>
    [HttpGet("/api/v1/search")]
    public async Task<IActionResult> Search()
    {
        var watch = Stopwatch.StartNew();
        var input = SearchInput.Read(Request.Query);
        if (input.IsCut) return Problem(statusCode: StatusCodes.Status400BadRequest, title: $"q มีได้ไม่เกิน {SearchInput.MaxQueryLength} ตัวอักษร");
        var page = await search.RunAsync(input, User.ToVisitor());
        return Json(
            new
            {
                total = page.Total,
                tookMs = Math.Round(watch.Elapsed.TotalMilliseconds, 2),
                sort = SearchInput.Name(input.Sort),
                didYouMean = page.DidYouMean?.Label,
                understood = page.Understood.Select(u => u.Label),
                hits = page.Hits.Select(h => new
                {
                    h.ContentItemId, h.ContentType, h.Url, h.Title, snippet = h.SnippetHtml, h.FiscalYear, province = h.ProvinceSlug, h.Seconds,
                    files = h.FileLines.Select(f => new { f.FileName, f.Page, f.Url, snippet = f.Html }),
                }),
                facets = SearchInput.FilterNames.ToDictionary(
                    name => name,
                    name => page.Facets.FirstOrDefault(f => f.Name == name)?.Choices.Select(c => new { c.Value, c.Label, c.Count }) ?? []),
            },
            Readable);
    }

    /// <summary>What may be meant by the beginning of a query.</summary>
    [HttpGet("/api/v1/search/suggest")]
    public async Task<IActionResult> Suggest(string? q)
    {
        Response.Headers.CacheControl = $"private, max-age={SecondsCached}";
        return Json(new { suggestions = await suggestions.OfAsync(q ?? "", User.ToVisitor()) }, Readable);
    }

    /// <summary>The published version in Orchard's envelope.</summary>
    [HttpGet("/api/v1/content/{contentItemId}")]
    public async Task<IActionResult> Item(string contentItemId)
    {
        var viewers = await HttpContext.ViewersAsync();
        return await contents.GetAsync(contentItemId, viewers) is { } item
            ? Content((await readers.OfAsync(item, viewers)).ToJsonString(JsonText.Options), "application/json; charset=utf-8")
            : Problem(statusCode: StatusCodes.Status404NotFound, title: "ไม่พบเนื้อหานี้");
    }
}
