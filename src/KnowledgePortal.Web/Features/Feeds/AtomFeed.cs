using System.Text;
using System.Xml;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;

namespace KnowledgePortal.Web.Features.Feeds;

/// <summary>A page of a feed as RFC 4287 writes it, with the links of RFC 5005 to the pages beside it.</summary>
public sealed record AtomFeed(string Title, string Author, string Path, string Page, int Number, bool HasNext, IReadOnlyList<FeedEntry> Entries)
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    public void Write(XmlWriter writer, PortalSettings settings)
    {
        writer.WriteStartElement("feed", Atom);
        writer.WriteAttributeString("xml", "lang", null, "th");
        Text(writer, "title", Title);
        Text(writer, "id", settings.Absolute(Path));
        Link(writer, "self", At(settings, Number));
        Link(writer, "alternate", settings.Absolute(Page));
        if (Number > 1 || HasNext) Link(writer, "first", At(settings, 1));
        if (Number > 1) Link(writer, "previous", At(settings, Number - 1));
        if (HasNext) Link(writer, "next", At(settings, Number + 1));
        Text(writer, "updated", Entries.Select(e => e.ModifiedUtc ?? e.PublishedUtc).Max() ?? InvariantTime.Format(DateTime.UnixEpoch));
        foreach (var entry in Entries) Write(writer, entry, settings);
        writer.WriteEndElement();
    }

    private void Write(XmlWriter writer, FeedEntry entry, PortalSettings settings)
    {
        writer.WriteStartElement("entry", Atom);
        Text(writer, "title", entry.Title);
        Text(writer, "id", $"urn:portal:{entry.ContentItemId}");
        Link(writer, "alternate", settings.Absolute(entry.Path));
        if (entry.PublishedUtc is not null) Text(writer, "published", entry.PublishedUtc);
        Text(writer, "updated", entry.ModifiedUtc ?? entry.PublishedUtc ?? InvariantTime.Format(DateTime.UnixEpoch));
        writer.WriteStartElement("author", Atom);
        Text(writer, "name", Author);
        writer.WriteEndElement();
        if (!string.IsNullOrEmpty(entry.Summary)) Text(writer, "summary", entry.Summary);
        writer.WriteEndElement();
    }

    private string At(PortalSettings settings, int number) => settings.Absolute(Path) + (number == 1 ? "" : $"?page={number}");

    private static void Text(XmlWriter writer, string name, string text) => writer.WriteElementString(name, Atom, XmlText.Of(text));

    private static void Link(XmlWriter writer, string relation, string address)
    {
        writer.WriteStartElement("link", Atom);
        writer.WriteAttributeString("rel", relation);
        writer.WriteAttributeString("href", address);
        writer.WriteEndElement();
    }
}

/// <summary>Text without what XML cannot hold: imported titles may have control characters in them.</summary>
public static class XmlText
{
    public static string Of(string text)
    {
        if (text.All(XmlConvert.IsXmlChar)) return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF)) kept.Append(rune);
        return kept.ToString();
    }
}
