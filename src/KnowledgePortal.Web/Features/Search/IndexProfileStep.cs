using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>
/// <c>lucene-index</c> and <c>CreateOrUpdateIndexProfile</c>: kept for other sites. This one has a single index over everything that is published,
/// so there is nothing to choose.
/// </summary>
public sealed class IndexProfileStep(string name) : IRecipeStep
{
    public string Name => name;

    public Task ExecuteAsync(RecipeStepContext context) => KeptSteps.WriteAsync(context);
}

/// <summary>Steps that ask for an index to be brought up to date or built again: it follows the database by itself, so nothing is left to do.</summary>
public sealed class IndexRebuildStep(string name) : IRecipeStep
{
    public string Name => name;

    public Task ExecuteAsync(RecipeStepContext context) => Task.CompletedTask;
}
