using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// <c>feature</c>: records which features a site asks for. Features are built in, not switched: an id that neither names one of ours nor an Orchard
/// feature whose work the portal does is reported, and kept for an export all the same.
/// </summary>
public sealed class FeatureStep(FeatureSet features) : IRecipeStep
{
    // The second was the name of the first betas.
    private static readonly string[] Prefixes = ["OrchardCore.", "Orchard."];

    // Orchard's ids without their prefix, whose work the portal does under its own names.
    private static readonly HashSet<string> Covered = new(StringComparer.OrdinalIgnoreCase)
    {
        "Admin", "AdminDashboard", "Alias", "AuditTrail", "Autoroute", "ContentFields", "ContentPreview", "Contents", "ContentTypes", "Deployment", "Diagnostics", "Feeds",
        "Features", "HomeRoute", "Html", "Indexing", "Lists", "Lucene", "Markdown", "Media", "Menu", "Navigation", "Recipes", "Recipes.Core", "Resources", "Roles",
        "Scripting", "Search", "Search.Lucene", "Security", "Seo", "Settings", "Sitemaps", "Taxonomies", "Themes", "Title", "Users",
    };

    /// <inheritdoc/>
    public string Name => "feature";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        var before = (await SiteSettings.GetAsync(SiteSettings.Features, context.Transaction) as JsonArray)?.Select(LooseJson.Text).OfType<string>().ToList() ?? [];
        var wanted = context.Texts("enable").ToList();
        var dropped = context.Texts("disable").ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var id in wanted.Where(id => !IsKnown(id))) context.Report.Skip(id, "a feature that is not built in");
        var after = before.Union(wanted, StringComparer.OrdinalIgnoreCase).Where(id => !dropped.Contains(id)).ToList();
        foreach (var id in after.Except(before)) context.Report.Wrote(id);
        foreach (var id in before.Except(after)) context.Report.Removed(id);
        await SiteSettings.WriteAsync(SiteSettings.Features, new JsonArray([.. after.Select(id => JsonValue.Create(id))]), context.Transaction);
    }

    private bool IsKnown(string id) => features.Contains(id) || Prefixes.Any(p => id.StartsWith(p, StringComparison.OrdinalIgnoreCase) && Covered.Contains(id[p.Length..]));
}
