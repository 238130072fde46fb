using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>Every address that a reader may open: one file, or an index of files when there are more than the protocol puts into one.</summary>
[CachedPage]
public sealed class SitemapController(Database database, PortalSettings settings) : Controller
{
    public const int PartLength = 50_000;
    private const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly string[] Lists = ["", "cop", "practices", "provinces", "calendar", "articles", "developers"];

    private static readonly string Pages =
        $"""
        select path, max(modified_utc) as modified_utc from (
          select r.path, i.modified_utc from autoroute_index r join content_items i on i.content_item_id = r.content_item_id and i.published = 1
            where i.content_type <> 'Taxonomy' and {ViewerTokens.See("i.content_item_id")}
          union all select s.path || '/watch', i.modified_utc from session_index s join recording_index x on x.session_id = s.content_item_id
            join content_items i on i.content_item_id = x.content_item_id and i.published = 1
            where {ViewerTokens.See("s.content_item_id")} and {ViewerTokens.See("x.content_item_id")}
          union all select path, null from term_index where taxonomy in ('provinces', 'topics')) pages
        group by path
        """;

    [HttpGet("/sitemap.xml")]
    public async Task<IActionResult> Index()
    {
        var viewers = (await HttpContext.ViewersAsync()).Values;
        var total = await database.FirstAsync<long>($"select count(*) from ({Pages}) counted", new { viewers });
        return total <= PartLength - Lists.Length ? await PartAsync(1, viewers) : XmlAnswer.Of(HttpContext, "application/xml", writer =>
        {
            writer.WriteStartElement("sitemapindex", Sitemaps);
            for (var part = 1; (part - 1L) * PartLength < total + Lists.Length; part++)
            {
                writer.WriteStartElement("sitemap", Sitemaps);
                writer.WriteElementString("loc", Sitemaps, settings.Absolute($"sitemap-{part.ToString(CultureInfo.InvariantCulture)}.xml"));
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
        });
    }

    [HttpGet("/sitemap-{part:int:min(1):max(10000)}.xml")]
    public async Task<IActionResult> Part(int part) => await PartAsync(part, (await HttpContext.ViewersAsync()).Values);

    private async Task<IActionResult> PartAsync(int part, IReadOnlyList<string> viewers)
    {
        // The lists stand at the beginning of the first part.
        var (skip, count) = part == 1 ? (0, PartLength - Lists.Length) : ((part - 1) * PartLength - Lists.Length, PartLength);
        var entries = await database.QueryAsync<FeedEntry>($"{Pages} order by path limit @count offset @skip", new { viewers, count, skip });
        if (part == 1) entries = [.. Lists.Select(path => new FeedEntry { Path = path }), .. entries];
        if (entries.Count == 0) return NotFound();
        return XmlAnswer.Of(HttpContext, "application/xml", writer =>
        {
            writer.WriteStartElement("urlset", Sitemaps);
            foreach (var entry in entries)
            {
                writer.WriteStartElement("url", Sitemaps);
                writer.WriteElementString("loc", Sitemaps, settings.Absolute(entry.Path));
                if (entry.ModifiedUtc is not null) writer.WriteElementString("lastmod", Sitemaps, entry.ModifiedUtc);
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
        });
    }
}
