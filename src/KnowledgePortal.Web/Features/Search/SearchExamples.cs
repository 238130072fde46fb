using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>Queries to try, from the site's setting <c>SearchExamples</c>: only a site knows which words find something on it.</summary>
public sealed class SearchExamples(SiteSettings settings)
{
    public async Task<IReadOnlyList<string>> AllAsync() =>
        await settings.GetAsync("SearchExamples") is JsonArray examples ? [.. examples.Select(e => e!.ToString())] : [];
}
