using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using KnowledgePortal.Web.Hosting.Themes;
using Microsoft.AspNetCore.Html;

namespace KnowledgePortal.Web.Hosting;

/// <summary>
/// What a page is about, in the words of schema.org, for readers that are programs. It stands in the page as a data block, which no browser executes; the
/// encoder leaves no character with which a text could end the block.
/// </summary>
public static class SchemaOrg
{
    private static readonly JsonSerializerOptions InScript = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static IHtmlContent Block(JsonObject thing)
    {
        var whole = new JsonObject { ["@context"] = "https://schema.org" };
        foreach (var (name, value) in thing) whole[name] = value?.DeepClone();
        return new HtmlString($"<script type=\"application/ld+json\">{whole.ToJsonString(InScript)}</script>");
    }

    /// <summary>A thing of a kind with what is known of it: what is null or empty is left out, as an empty member says more than nothing.</summary>
    public static JsonObject Thing(string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var thing = new JsonObject { ["@type"] = kind };
        foreach (var (name, value) in members)
            if (value is not null and not JsonArray { Count: 0 } && !(value is JsonValue text && text.TryGetValue(out string? said) && said.Length == 0)) thing[name] = value;
        return thing;
    }

    /// <summary>The path of a page from the home page on; the last crumb is the page itself.</summary>
    public static JsonObject Crumbs(IReadOnlyList<Crumb> crumbs, PortalSettings settings, string? url) => Thing("BreadcrumbList", ("itemListElement", new JsonArray([.. crumbs.Select((crumb, at) =>
        Thing("ListItem", ("position", at + 1), ("name", crumb.Title), ("item", crumb.Path is { } path ? settings.Absolute(path.TrimStart('/')) : url)))])));

    public static JsonObject Organisation(string name, string? url = null) => Thing("Organization", ("name", name), ("url", url));

    /// <summary>2020-07-09T13:15:00+07:00</summary>
    public static string Time(DateOnly day, TimeOnly time) => BangkokTime.At(day, time).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The same of an instant; null stays null.</summary>
    public static string? Time(DateTime? utc) => utc is { } time ? Time(BangkokTime.Day(time), BangkokTime.Clock(time)) : null;

    /// <summary>2020-07-09</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
