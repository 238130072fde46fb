using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Reference;

/// <summary>The interface explained: to programs as OpenAPI, to people as a page.</summary>
public sealed class ReferenceController(OpenApiDocument document, PortalSettings settings) : Controller
{
    private const int SecondsCached = 300;

    [HttpGet("/api/v1/openapi.json")]
    public IActionResult Document()
    {
        var language = Languages.Of(Request);
        var json = document.In(language).DeepClone().AsObject();
        json["servers"] = new JsonArray(new JsonObject { ["url"] = settings.BaseUrl });
        Response.Headers.ContentLanguage = language.Name;
        Response.Headers.Append("Vary", "Accept-Language");
        Response.Headers.CacheControl = $"public, max-age={SecondsCached}";
        return new ContentResult { Content = json.ToJsonString(JsonText.Options), ContentType = "application/json; charset=utf-8" };
    }

    [HttpGet("/developers")]
    [CachedPage]
    public IActionResult Page() => View("Page", ReferencePage.Of(document.In(Languages.Thai), settings.BaseUrl));

    /// <summary>The type of a refusal, opened by a person.</summary>
    [HttpGet("/problems/{name}")]
    public IActionResult Problem(string name) => ProblemKind.All.Any(k => k.Name == name) ? Redirect($"/developers#problem-{name}") : NotFound();
}
