using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace KnowledgePortal.Tests.Support;

/// <summary>Follows every link and every picture, from the front page on, as a crawler does.</summary>
public static class SiteWalk
{
    /// <summary>How many addresses there are, and those that do not answer, each with a page that leads there.</summary>
    public static async Task<(int Seen, IReadOnlyList<string> Broken)> FromTheFrontPageAsync(HttpClient client)
    {
        var seen = new HashSet<string> { "/" };
        var waiting = new Queue<(string Path, string From)>([("/", "")]);
        var broken = new List<string>();
        while (waiting.TryDequeue(out var link))
        {
            using var response = await client.GetAsync(link.Path);
            if (response.StatusCode != HttpStatusCode.OK) broken.Add($"{Uri.UnescapeDataString(link.Path)} on {Uri.UnescapeDataString(link.From)}: {response.StatusCode}");
            if (response.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            // Search results are pages without end: one step into them is enough.
            if (link.Path.StartsWith("/search?", StringComparison.Ordinal) || link.Path.StartsWith("/practices?", StringComparison.Ordinal)) continue;
            foreach (var target in Targets(page).Where(seen.Add)) waiting.Enqueue((target, link.Path));
        }
        return (seen.Count, broken);
    }

    private static IEnumerable<string> Targets(IDocument page) =>
        page.QuerySelectorAll("a[href], link[href], script[src], img[src], video[src], source[src], track[src], form[action]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action") ?? "")
            .Where(target => target.StartsWith('/'))
            .Select(target => target.Split('#')[0])
            .Where(target => target.Length > 0);
}
