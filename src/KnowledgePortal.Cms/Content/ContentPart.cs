using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>
/// A typed reader over a part's JSON. A derived class has one property per stock field; the property's name is the field's name:
/// <code>public string OneLine => Text();</code>
/// A field that is absent, or not of the kind asked for, reads as empty: content may come from another site.
/// </summary>
public abstract class ContentPart
{
    /// <summary>The key under which the part lies in the item; by default the name of the class.</summary>
    protected internal virtual string PartName => GetType().Name;

    /// <summary>The part's own JSON.</summary>
    public JsonObject Data { get; internal set; } = [];

    /// <summary>Sets a member of the part itself; null takes it away, as Orchard writes no nulls inside parts.</summary>
    protected void Set(JsonNode? value, [CallerMemberName] string name = "")
    {
        if (value is null) Data.Remove(name);
        else Data[name] = value;
    }

    /// <summary>Sets one member of a field; the field's other members stay.</summary>
    protected void SetField(string member, JsonNode? value, [CallerMemberName] string field = "")
    {
        if (Data[field] is not JsonObject json) Data[field] = json = [];
        json[member] = value;
    }

    /// <summary>A member of the part itself, such as <c>Title</c> of <c>TitlePart</c>.</summary>
    protected string Member([CallerMemberName] string name = "") => AsText(Data[name]) ?? "";

    /// <summary>A flag of the part itself.</summary>
    protected bool MemberFlag([CallerMemberName] string name = "") => LooseJson.Flag(Data[name]);

    /// <summary>A number of the part itself.</summary>
    protected decimal? MemberNumber([CallerMemberName] string name = "") => LooseJson.Number(Data[name]);

    /// <summary>A point in time of the part itself.</summary>
    protected DateTime? MemberTime([CallerMemberName] string name = "") => InvariantTime.Parse(AsText(Data[name]));

    /// <summary>A list of strings of the part itself.</summary>
    protected IReadOnlyList<string> MemberTexts([CallerMemberName] string name = "") => Texts(Data[name]);

    /// <summary>Nested items of the part itself.</summary>
    protected IReadOnlyList<ContentItem> MemberItems([CallerMemberName] string name = "") => ContentItem.Nested(Data[name]);

    /// <summary>Sets nested items; an item's own JSON stays as it is where nothing changed.</summary>
    protected void SetItems(IReadOnlyList<ContentItem> items, [CallerMemberName] string name = "") =>
        Data[name] = new JsonArray([.. items.Select(ContentItemJson.Write)]);

    /// <summary>TextField.</summary>
    protected string Text([CallerMemberName] string field = "") => AsText(Value(field, "Text")) ?? "";

    /// <summary>MarkdownField.</summary>
    protected string MarkdownText([CallerMemberName] string field = "") => AsText(Value(field, "Markdown")) ?? "";

    /// <summary>HtmlField.</summary>
    protected string HtmlText([CallerMemberName] string field = "") => AsText(Value(field, "Html")) ?? "";

    /// <summary>DateTimeField: UTC.</summary>
    protected DateTime? PointInTime([CallerMemberName] string field = "") => InvariantTime.Parse(AsText(Value(field, "Value")));

    /// <summary>UserPickerField: user ids.</summary>
    protected IReadOnlyList<string> UserIds([CallerMemberName] string field = "") => Texts(Value(field, "UserIds"));

    /// <summary>LocalizationSetContentPickerField.</summary>
    protected IReadOnlyList<string> LocalizationSets([CallerMemberName] string field = "") => Texts(Value(field, "LocalizationSets"));

    /// <summary>YoutubeField: the address as it was typed.</summary>
    protected string YoutubeAddress([CallerMemberName] string field = "") => AsText(Value(field, "RawAddress")) ?? "";

    /// <summary>GeoPointField; null when empty.</summary>
    protected GeoPoint? Point([CallerMemberName] string field = "") =>
        LooseJson.Number(Value(field, "Latitude")) is { } latitude && LooseJson.Number(Value(field, "Longitude")) is { } longitude ? new GeoPoint(latitude, longitude) : null;

    /// <summary>NumericField; null when empty.</summary>
    protected decimal? Number([CallerMemberName] string field = "") => Value(field, "Value") switch
    {
        // By its text: a number that was set in memory is held as it was set, and one from elsewhere may be too large.
        JsonValue v when v.GetValueKind() == JsonValueKind.Number =>
            decimal.TryParse(v.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        JsonValue v when decimal.TryParse(AsText(v), NumberStyles.Number, CultureInfo.InvariantCulture, out var typed) => typed,
        _ => null,
    };

    /// <summary>NumericField as a whole number; null when empty.</summary>
    protected int? Integer([CallerMemberName] string field = "") =>
        Number(field) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>BooleanField; false when empty.</summary>
    protected bool Flag([CallerMemberName] string field = "") => Value(field, "Value") is JsonValue v && v.TryGetValue(out bool flag) && flag;

    /// <summary>DateField: <c>2026-05-03T00:00:00Z</c> or <c>2026-05-03</c>.</summary>
    protected DateOnly? Date([CallerMemberName] string field = "") =>
        AsText(Value(field, "Value")) is { Length: >= 10 } text
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>TimeField: <c>13:30:00</c>, the time on the wall where the event is.</summary>
    protected TimeOnly? Time([CallerMemberName] string field = "") =>
        TimeOnly.TryParse(AsText(Value(field, "Value")), CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>MultiTextField.</summary>
    protected IReadOnlyList<string> Values([CallerMemberName] string field = "") => Texts(Value(field, "Values"));

    /// <summary>ContentPickerField.</summary>
    protected IReadOnlyList<string> ContentItemIds([CallerMemberName] string field = "") => Texts(Value(field, "ContentItemIds"));

    /// <summary>TaxonomyField: the chosen terms' ids.</summary>
    protected IReadOnlyList<string> TermIds([CallerMemberName] string field = "") => Texts(Value(field, "TermContentItemIds"));

    /// <summary>MediaField: paths below the media folder.</summary>
    protected IReadOnlyList<string> Paths([CallerMemberName] string field = "") => Texts(Value(field, "Paths"));

    /// <summary>LinkField; null when it has no address.</summary>
    protected Link? Link([CallerMemberName] string field = "") =>
        AsText(Value(field, "Url")) is { Length: > 0 } url ? new Link(url, AsText(Value(field, "Text")) ?? "") : null;

    private JsonNode? Value(string field, string member) => (Data[field] as JsonObject)?[member];

    private static string? AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static IReadOnlyList<string> Texts(JsonNode? node) =>
        node is JsonArray array ? [.. array.Select(AsText).OfType<string>().Where(text => text.Length > 0)] : [];
}

/// <summary>The value of a LinkField.</summary>
public sealed record Link(string Url, string Text);

/// <summary>The value of a GeoPointField.</summary>
public sealed record GeoPoint(decimal Latitude, decimal Longitude);
