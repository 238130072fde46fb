using AngleSharp.Html.Parser;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The words on an item's page, a line for each value and each block of prose.</summary>
public static class ShownText
{
    public static string Of(IEnumerable<ShownPart> parts) => string.Join('\n', parts.SelectMany(Lines).Where(line => line.Length > 0));

    private static IEnumerable<string> Lines(ShownPart part) =>
    [
        Words(part.ProseHtml),
        .. part.Fields.SelectMany(f => f.Values).Select(v => v.Html is { } html ? Words(html) : v.Text),
        .. part.Items.SelectMany(item => item.Parts.SelectMany(Lines).Prepend(item.Title)),
    ];

    private static string Words(string html) => html.Length == 0 ? "" : new HtmlParser().ParseDocument(html).Body!.TextContent.Trim();
}
