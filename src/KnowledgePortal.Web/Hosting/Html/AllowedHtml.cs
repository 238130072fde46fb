using System.Collections.Frozen;

namespace KnowledgePortal.Web.Hosting.Html;

/// <summary>Elements and attributes that may stand in somebody's text. Ids, names, classes and styles are not among them: they could pose as the page's own.</summary>
internal static class AllowedHtml
{
    private static readonly FrozenSet<string> Everywhere = new[] { "dir", "lang", "title" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string[]> Elements = new Dictionary<string, string[]>
    {
        ["a"] = ["href"], ["abbr"] = [], ["address"] = [], ["article"] = [], ["aside"] = [], ["audio"] = ["src"], ["b"] = [], ["bdi"] = [], ["bdo"] = [],
        ["blockquote"] = [], ["br"] = [], ["caption"] = [], ["cite"] = [], ["code"] = [], ["col"] = ["span"], ["colgroup"] = ["span"], ["dd"] = [], ["del"] = ["datetime"],
        ["details"] = ["open"], ["dfn"] = [], ["div"] = [], ["dl"] = [], ["dt"] = [], ["em"] = [], ["figcaption"] = [], ["figure"] = [], ["footer"] = [],
        ["h1"] = [], ["h2"] = [], ["h3"] = [], ["h4"] = [], ["h5"] = [], ["h6"] = [], ["header"] = [], ["hr"] = [], ["i"] = [], ["img"] = ["src", "alt", "width", "height"],
        ["ins"] = ["datetime"], ["kbd"] = [], ["li"] = ["value"], ["mark"] = [], ["ol"] = ["start", "reversed", "type"], ["p"] = [], ["pre"] = [], ["q"] = [], ["rp"] = [],
        ["rt"] = [], ["ruby"] = [], ["s"] = [], ["samp"] = [], ["section"] = [], ["small"] = [], ["source"] = ["src", "type"], ["span"] = [], ["strong"] = [], ["sub"] = [],
        ["summary"] = [], ["sup"] = [], ["table"] = [], ["tbody"] = [], ["td"] = ["colspan", "rowspan"], ["tfoot"] = [], ["th"] = ["colspan", "rowspan", "scope"],
        ["thead"] = [], ["time"] = ["datetime"], ["tr"] = [], ["u"] = [], ["ul"] = [], ["var"] = [], ["video"] = ["src", "poster", "width", "height"], ["wbr"] = [],
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> DroppedWhole = new[]
    {
        "script", "style", "template", "noscript", "noembed", "noframes", "iframe", "frame", "frameset", "object", "embed", "applet", "xmp", "plaintext", "textarea", "select",
        "option", "title", "head", "svg", "math", "canvas", "dialog", "portal", "link", "meta", "base",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Void = new[] { "br", "col", "hr", "img", "source", "wbr" }.ToFrozenSet();

    public static bool Has(string element) => Elements.ContainsKey(element);

    /// <summary>True for elements whose content is no text of the page either.</summary>
    public static bool IsDroppedWhole(string element) => DroppedWhole.Contains(element);

    public static bool IsVoid(string element) => Void.Contains(element);

    /// <summary>The attribute's value as it may stand; null when it may not.</summary>
    public static string? Value(string element, string attribute, string value) => attribute switch
    {
        _ when Everywhere.Contains(attribute) => value,
        _ when !Elements[element].Contains(attribute) => null,
        "href" => SafeAddress.OfLink(value),
        "src" or "poster" => SafeAddress.OfPicture(value),
        _ => value,
    };
}
