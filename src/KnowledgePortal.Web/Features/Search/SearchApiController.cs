using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting.Limits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Search and published content as JSON, open to everybody.</summary>
[EnableRateLimiting(RequestLimits.Searches)]
public sealed class SearchApiController(PortalSearch search, ContentManager contents) : Controller
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary><c>snippet</c> is encoded HTML with <c>mark</c> around what matched; <c>province</c> and <c>topic</c> are slugs.</summary>
    [HttpGet("/api/v1/search")]
    public async Task<IActionResult> Search()
    {
        var watch = Stopwatch.StartNew();
        var page = await search.RunAsync(SearchInput.Read(Request.Query));
        return Json(
            new
            {
                total = page.Total,
                tookMs = Math.Round(watch.Elapsed.TotalMilliseconds, 2),
                hits = page.Hits.Select(h => new
                {
                    h.ContentItemId, h.ContentType, h.Url, h.Title, snippet = h.SnippetHtml, h.FiscalYear, province = h.ProvinceSlug, h.Seconds,
                }),
                facets = SearchInput.FilterNames.ToDictionary(
                    name => name,
                    name => page.Facets.FirstOrDefault(f => f.Name == name)?.Choices.Select(c => new { c.Value, c.Label, c.Count }) ?? []),
            },
            Readable);
    }

    /// <summary>The published version in Orchard's envelope.</summary>
    [HttpGet("/api/v1/content/{contentItemId}")]
    public async Task<IActionResult> Item(string contentItemId) =>
        await contents.GetAsync(contentItemId) is { } item
            ? Content(ContentItemJson.Write(item).ToJsonString(JsonText.Options), "application/json; charset=utf-8")
            : Problem(statusCode: StatusCodes.Status404NotFound, title: "ไม่พบเนื้อหานี้");
}
