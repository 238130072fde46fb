using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Features.Media;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Html;
using KnowledgePortal.Web.Hosting.Thai;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The values of Orchard's fields as a reader sees them; a field of a kind that is not known here is not shown.</summary>
public sealed class ShownFields(ContentManager contents, TermQueries terms)
{
    private const int PictureWidth = 800;

    public async Task<IReadOnlyList<ShownValue>> ValuesAsync(ContentFieldDefinition field, JsonObject stored, ViewerTokens viewers)
    {
        return field.FieldType switch
        {
            "TextField" => Text(Member("Text")),
            "HtmlField" => Prose(HtmlSanitizer.Sanitize(Member("Html"))),
            "MarkdownField" => Prose(Markdown(Member("Markdown"), field.Settings)),
            "NumericField" => Text(Number(stored["Value"])),
            "BooleanField" => stored["Value"]?.GetValueKind() is JsonValueKind.True ? Text("ใช่") : stored["Value"]?.GetValueKind() is JsonValueKind.False ? Text("ไม่ใช่") : [],
            "DateField" => Text(Day(Member("Value"))),
            "DateTimeField" => Text(Member("Value") is { Length: > 0 } moment ? ThaiDate.Moment(moment) : ""),
            "TimeField" => Text(TimeOnly.TryParse(Member("Value"), CultureInfo.InvariantCulture, out var time) ? ThaiDate.Time(time) : Member("Value")),
            "LinkField" => Link(Member("Url"), Member("Text")),
            "YoutubeField" => Link(Member("RawAddress"), ""),
            "MultiTextField" => [.. Members("Values").Select(text => new ShownValue(text))],
            "UserPickerField" => [.. Members("UserNames").Select(name => new ShownValue(name))],
            "GeoPointField" => Text(stored["Latitude"] is { } latitude && stored["Longitude"] is { } longitude ? $"{Number(latitude)}, {Number(longitude)}" : ""),
            "MediaField" => [.. Members("Paths").Select((path, i) => Media(path, Members("MediaTexts").ElementAtOrDefault(i), Members("AttachedFileNames").ElementAtOrDefault(i)))],
            "ContentPickerField" => [.. (await contents.GetAsync(Members("ContentItemIds"), viewers)).Select(item => new ShownValue(item.DisplayText, Path(item)))],
            "TaxonomyField" => [.. (await terms.GetAsync(Members("TermContentItemIds"))).Select(term => new ShownValue(term.Title, term.Path.Length > 0 ? "/" + term.Path : null))],
            _ => [],
        };

        string Member(string name) => LooseJson.Text(stored[name]) ?? "";
        IReadOnlyList<string> Members(string name) => stored[name] is JsonArray array ? [.. array.Select(text => LooseJson.Text(text) ?? "")] : [];
    }

    /// <summary>The address of an item's page; null when it has none.</summary>
    public static string? Path(ContentItem item) => item.As<AutoroutePart>().Path is { Length: > 0 } path ? "/" + path : null;

    /// <summary>An address that was typed; <c>~/</c> is the root of the site. Null when it may not be followed.</summary>
    public static string? Address(string typed) =>
        SafeAddress.OfLink(typed) is { Length: > 0 } address ? address.StartsWith("~/", StringComparison.Ordinal) ? address[1..] : address : null;

    /// <summary>Raw HTML stands only in types whose settings speak of sanitising it, as Orchard's do.</summary>
    public static string Markdown(string markdown, JsonObject settings) =>
        settings.ContainsKey("SanitizeHtml") ? MarkdownHtml.RenderWithHtml(markdown) : MarkdownHtml.Render(markdown);

    private static ShownValue[] Text(string text) => text.Length > 0 ? [new ShownValue(text)] : [];

    private static ShownValue[] Prose(string html) => html.Length > 0 ? [new ShownValue("", Html: html)] : [];

    private static ShownValue[] Link(string url, string text) =>
        Address(url) is { } address ? [new ShownValue(text.Length > 0 ? text : address, address)] : Text(text);

    private static ShownValue Media(string path, string? caption, string? fileName)
    {
        var name = caption is { Length: > 0 } ? caption : fileName is { Length: > 0 } ? fileName : path[(path.LastIndexOf('/') + 1)..];
        return MediaAddress.ContentType(path).StartsWith("image/", StringComparison.Ordinal)
            ? new ShownValue(caption ?? "", PictureUrl: MediaAddress.Rendition(path, PictureWidth))
            : new ShownValue(name, MediaAddress.Url(path));
    }

    private static string Day(string value) =>
        InvariantTime.Parse(value) is { } utc ? ThaiDate.Full(DateOnly.FromDateTime(utc))
        : DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? ThaiDate.Full(day) : value;

    private static string Number(JsonNode? node) =>
        decimal.TryParse(node?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("#,0.##########", CultureInfo.InvariantCulture) : node?.ToString() ?? "";
}
