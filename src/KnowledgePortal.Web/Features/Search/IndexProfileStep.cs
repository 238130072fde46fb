using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// <c>lucene-index</c> and <c>CreateOrUpdateIndexProfile</c>: kept for other sites. This one has a single index over everything that is published,
/// so there is nothing to choose.
/// </summary>
public sealed class IndexProfileStep(string name) : IRecipeStep
{
    public string Name => name;

    public async Task ExecuteAsync(RecipeStepContext context)
    {
        await SiteSettings.WriteAsync($"step:{Name}", context.Step, context.Transaction);
        context.Report.Written++;
    }
}
