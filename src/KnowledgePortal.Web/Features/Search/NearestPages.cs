using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>What the words of a wrong address find; nothing when they find nothing.</summary>
public sealed class NearestPages(PortalSearch search) : ViewComponent
{
    private const int Most = 5;

    public async Task<IViewComponentResult> InvokeAsync(string words)
    {
        if (words.Length == 0) return Content("");
        var page = await search.RunAsync(new SearchInput(words, new Dictionary<string, IReadOnlyList<string>>(), Page: 1), UserClaimsPrincipal.ToVisitor());
        return page.Hits.Count > 0 ? View(page with { Hits = [.. page.Hits.Take(Most)] }) : Content("");
    }
}
