using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>content</c>: imports items as they are; an equal version that is there already is left alone.</summary>
public sealed class ContentStep(ContentManager contents, TimeProvider clock) : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "content";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var json in context.Objects("data"))
        {
            var item = ContentItemJson.Read(json);
            item.CreatedUtc ??= now;
            item.ModifiedUtc ??= now;
            if (item.Published) item.PublishedUtc ??= now;
            item.Author ??= Actor.System.Name;
            if (await contents.ImportAsync(item, context.Transaction)) context.Report.Written++;
        }
    }
}
