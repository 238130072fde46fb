using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Queries to try, from the site's setting <c>SearchExamples</c>: only a site knows which words find something on it.</summary>
public sealed class SearchExamples(SiteSettings settings, ContentGeneration generation)
{
    private readonly PerGeneration<IReadOnlyList<string>> _examples = new(
        generation, async () => await settings.GetAsync("SearchExamples") is JsonArray examples ? [.. examples.Select(e => e!.ToString())] : []);

    public Task<IReadOnlyList<string>> AllAsync() => _examples.GetAsync();
}
