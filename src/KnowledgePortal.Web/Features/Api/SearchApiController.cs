using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Items;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Search;
using KnowledgePortal.Web.Hosting.Limits;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace KnowledgePortal.Web.Features.Api;

/// <summary>Search as JSON, for whoever asks; a key that is narrowed to some types does not search.</summary>
[EnableRateLimiting(RequestLimits.Searches)]
public sealed class SearchApiController(PortalSearch search, SearchSuggestions suggestions) : Controller
{
    private const int SecondsCached = 60;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary><c>snippet</c> is encoded HTML with <c>mark</c> around what matched; <c>province</c> is a slug.</summary>
    [HttpGet("/api/v1/search")]
    public async Task<IActionResult> Search()
    {
        Require();
        var watch = Stopwatch.StartNew();
        var input = SearchInput.Read(Request.Query);
        if (input.IsCut) throw ContentQueries.Refuse("q", $"มีได้ไม่เกิน {SearchInput.MaxQueryLength} ตัวอักษร", $"has at most {SearchInput.MaxQueryLength} characters");
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
        Require();
        Response.Headers.CacheControl = $"private, max-age={SecondsCached}";
        return Json(new { suggestions = await suggestions.OfAsync(q ?? "", User.ToVisitor()) }, Readable);
    }

    private void Require()
    {
        ContentSight.RequireScope(User, ApiScopes.Read);
        if (User.NarrowedTypes().Count > 0) throw new ApiRefusal(new ApiProblem(ProblemKind.Scope));
    }
}
