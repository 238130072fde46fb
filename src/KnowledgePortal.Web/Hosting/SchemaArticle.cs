using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Hosting;

/// <summary>Something to read as an Article of schema.org.</summary>
public static class SchemaArticle
{
    private const int LongestHeadline = 110;

    public static JsonObject Of(string title, string summary, string url, string author, string? publishedAt, DateTime? modifiedUtc, PortalSettings settings) => SchemaOrg.Thing(
        "Article",
        ("headline", title.Length > LongestHeadline ? title[..(LongestHeadline - 1)].TrimEnd() + "…" : title),
        ("description", summary), ("url", url), ("mainEntityOfPage", url), ("inLanguage", "th"), ("datePublished", publishedAt), ("dateModified", SchemaOrg.Time(modifiedUtc)),
        ("author", SchemaOrg.Organisation(author, settings.BaseUrl)), ("publisher", SchemaOrg.Organisation(author, settings.BaseUrl)));
}
