using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Addresses;

/// <summary>The item that a site shows at its root, in the settings section that Orchard uses for it.</summary>
public sealed class HomeRoute(SiteSettings settings)
{
    private const string Section = "HomeRoute";

    /// <summary>The id of the item, or null when the root is a page of the application.</summary>
    public async Task<string?> FindAsync() => await settings.GetAsync(Section) is JsonObject route ? LooseJson.Text(route.Member("ContentItemId")) : null;

    /// <summary>Makes the item the home page if it asks for that.</summary>
    public static Task TakeAsync(ContentItem item, DatabaseTransaction transaction) => !item.As<AutoroutePart>().SetHomepage ? Task.CompletedTask
        : SiteSettings.WriteAsync(
            Section,
            new JsonObject { ["Action"] = "Display", ["Controller"] = "Item", ["Area"] = "OrchardCore.Contents", ["ContentItemId"] = item.ContentItemId },
            transaction);
}
