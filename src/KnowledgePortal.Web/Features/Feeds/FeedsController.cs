using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.PageCache;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Mvc;
using System.Globalization;
using System.Text;
using System.Xml;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>What is new as Atom (RFC 4287), and every public address as a sitemap.</summary>
[CachedPage]
public sealed class FeedsController(Database database, SiteSettings site, PortalSettings settings) : Controller
{
    private const int FeedLength = 30;
    private const int SitemapLength = 50_000; // the protocol's limit for one file
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly string Seen = ViewerTokens.See("i.content_item_id");
    private static readonly string[] Lists = ["", "cop", "practices", "provinces", "calendar"];

    [HttpGet("/feed.atom")]
    public async Task<IActionResult> Feed()
    {
        var entries = await database.QueryAsync<Entry>(
            $"""
            select i.content_item_id, i.display_text as title, r.path, i.published_utc, i.modified_utc,
              coalesce(s.one_line, p.one_line) as summary
            from content_items i
            join autoroute_index r on r.content_item_id = i.content_item_id
            left join session_index s on s.content_item_id = i.content_item_id
            left join practice_index p on p.content_item_id = i.content_item_id
            where i.published = 1 and i.content_type in ('CopSession', 'BestPractice', 'KnowledgeProgramme') and {Seen}
            order by i.published_utc desc nulls last, i.id limit @FeedLength
            """,
            new { FeedLength, viewers = (await HttpContext.ViewersAsync()).Values });
        var title = (await site.GetAsync("SiteName"))?.ToString() ?? "";
        return Xml("application/atom+xml", writer => WriteFeed(writer, title, entries));
    }

    [HttpGet("/sitemap.xml")]
    public async Task<IActionResult> Sitemap()
    {
        var entries = await database.QueryAsync<Entry>(
            $"""
            select path, max(modified_utc) as modified_utc from (
              select r.path, i.modified_utc from autoroute_index r join content_items i on i.content_item_id = r.content_item_id and i.published = 1
                where i.content_type <> 'Taxonomy' and {Seen}
              union all select s.path || '/watch', null from session_index s join recording_index x on x.session_id = s.content_item_id
                where {ViewerTokens.See("s.content_item_id")} and {ViewerTokens.See("x.content_item_id")}
              union all select path, null from term_index where taxonomy in ('provinces', 'topics')) pages
            group by path order by path limit @SitemapLength
            """,
            new { SitemapLength, viewers = (await HttpContext.ViewersAsync()).Values });
        return Xml("application/xml", writer =>
        {
            writer.WriteStartElement("urlset", Sitemaps);
            foreach (var entry in Lists.Select(path => new Entry { Path = path }).Concat(entries))
            {
                writer.WriteStartElement("url", Sitemaps);
                writer.WriteElementString("loc", Sitemaps, settings.Absolute(entry.Path));
                if (entry.ModifiedUtc is not null) writer.WriteElementString("lastmod", Sitemaps, entry.ModifiedUtc);
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
        });
    }

    private void WriteFeed(XmlWriter writer, string title, IReadOnlyList<Entry> entries)
    {
        writer.WriteStartElement("feed", Atom);
        writer.WriteAttributeString("xml", "lang", null, "th");
        writer.WriteElementString("title", Atom, title);
        writer.WriteElementString("id", Atom, settings.Absolute("feed.atom"));
        WriteLink(writer, "self", settings.Absolute("feed.atom"));
        WriteLink(writer, "alternate", settings.Absolute(""));
        writer.WriteElementString("updated", Atom, entries.Select(e => e.ModifiedUtc).Max() ?? InvariantTime.Format(DateTime.UnixEpoch));
        foreach (var entry in entries)
        {
            writer.WriteStartElement("entry", Atom);
            writer.WriteElementString("title", Atom, entry.Title);
            writer.WriteElementString("id", Atom, string.Create(CultureInfo.InvariantCulture, $"urn:portal:{entry.ContentItemId}"));
            WriteLink(writer, "alternate", settings.Absolute(entry.Path));
            if (entry.PublishedUtc is not null) writer.WriteElementString("published", Atom, entry.PublishedUtc);
            writer.WriteElementString("updated", Atom, entry.ModifiedUtc ?? entry.PublishedUtc);
            writer.WriteStartElement("author", Atom);
            writer.WriteElementString("name", Atom, title);
            writer.WriteEndElement();
            if (!string.IsNullOrEmpty(entry.Summary)) writer.WriteElementString("summary", Atom, entry.Summary);
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
    }

    private static void WriteLink(XmlWriter writer, string relation, string address)
    {
        writer.WriteStartElement("link", Atom);
        writer.WriteAttributeString("rel", relation);
        writer.WriteAttributeString("href", address);
        writer.WriteEndElement();
    }

    private FileContentResult Xml(string type, Action<XmlWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            writer.WriteStartDocument();
            write(writer);
        }
        return File(stream.ToArray(), $"{type}; charset=utf-8");
    }

    private sealed record Entry
    {
        public string ContentItemId { get; init; } = "";
        public string Title { get; init; } = "";
        public string Path { get; init; } = "";
        public string? PublishedUtc { get; init; }
        public string? ModifiedUtc { get; init; }
        public string? Summary { get; init; }
    }
}
