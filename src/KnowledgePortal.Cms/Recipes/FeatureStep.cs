using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Features;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>feature</c>: records which features the site uses; an id that is not built in is reported.</summary>
public sealed class FeatureStep(FeatureSet features) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "feature";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        var enabled = new JsonArray();
        foreach (var id in context.Property("enable") is JsonArray ids ? ids.Select(i => i?.ToString() ?? "") : [])
        {
            if (features.Contains(id)) enabled.Add(id);
            else context.Report.Skip(id, "a feature that is not built in");
        }
        await SiteSettings.WriteAsync("Features", enabled, context.Transaction);
        context.Report.Written = enabled.Count;
    }
}
