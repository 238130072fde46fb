using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.Html;

namespace KnowledgePortal.Web.Features.Pages;

/// <summary>The parts of an item as a reader sees them, in the order of its type's definition. Parts that only steer (routes, dates of publication) show nothing.</summary>
public sealed class ShownParts(ContentDefinitions definitions, ContentManager contents, ShownFields fields)
{
    private const int Deepest = 8;

    public async Task<IReadOnlyList<ShownPart>> OfAsync(ContentItem item, ViewerTokens viewers) => await OfAsync(item, await definitions.AllAsync(), viewers, Deepest);

    private async Task<IReadOnlyList<ShownPart>> OfAsync(ContentItem item, IReadOnlyDictionary<string, ContentTypeDefinition> types, ViewerTokens viewers, int depth)
    {
        var shown = new List<ShownPart>();
        foreach (var part in PartsOf(item, types))
        {
            if (item.Parts[part.Name] is not JsonObject stored) continue;
            var values = new List<ShownField>();
            foreach (var field in part.Fields)
                if (stored[field.Name] is JsonObject value && await fields.ValuesAsync(field, value, viewers) is { Count: > 0 } found) values.Add(new ShownField(field.DisplayName, found));
            var block = new ShownPart(Heading(part, item), Prose(part, stored), values, await NestedAsync(part, stored, types, viewers, depth));
            if (!block.IsEmpty) shown.Add(block);
        }
        return shown;
    }

    // An item of a type that is not defined here still shows its text.
    private static IEnumerable<ContentTypePartDefinition> PartsOf(ContentItem item, IReadOnlyDictionary<string, ContentTypeDefinition> types) =>
        types.TryGetValue(item.ContentType, out var type) ? type.Parts : item.Parts.Select(p => new ContentTypePartDefinition(p.Key, p.Key, p.Key, "", [], []));

    private static string Heading(ContentTypePartDefinition part, ContentItem item) =>
        part.PartName == item.ContentType || part.DisplayName == part.PartName ? "" : part.DisplayName;

    private static string Prose(ContentTypePartDefinition part, JsonObject stored) => part.PartName switch
    {
        "MarkdownBodyPart" => ShownFields.Markdown(Text(stored["Markdown"]), part.Settings.Section("MarkdownBodyPartSettings")),
        "HtmlBodyPart" => HtmlSanitizer.Sanitize(Text(stored["Html"])),
        _ => "",
    };

    private async Task<IReadOnlyList<ShownItem>> NestedAsync(ContentTypePartDefinition part, JsonObject stored, IReadOnlyDictionary<string, ContentTypeDefinition> types, ViewerTokens viewers, int depth)
    {
        var nested = part.PartName switch
        {
            "BagPart" => stored["ContentItems"],
            "FlowPart" => stored["Widgets"],
            "TaxonomyPart" => stored["Terms"],
            "MenuItemsListPart" => stored["MenuItems"],
            _ => null,
        };
        var items = new List<ShownItem>();
        if (depth > 0)
            foreach (var item in ContentItem.Nested(nested))
                items.Add(new ShownItem(item.DisplayText, await AddressAsync(item, viewers), await OfAsync(item, types, viewers, depth - 1)));
        return items;
    }

    /// <summary>Where an entry of a menu, or another nested item, leads; null when nowhere.</summary>
    public async Task<string?> AddressAsync(ContentItem item, ViewerTokens viewers)
    {
        if (item.Parts["LinkMenuItemPart"] is JsonObject link) return ShownFields.Address(Text(link["Url"]));
        if (item.Parts.Section("ContentMenuItemPart").Section("SelectedContentItem").Texts("ContentItemIds").FirstOrDefault() is { } id && await contents.GetAsync(id, viewers) is { } target)
            return ShownFields.Path(target);
        return ShownFields.Path(item);
    }

    private static string Text(JsonNode? node) => LooseJson.Text(node) ?? "";
}
