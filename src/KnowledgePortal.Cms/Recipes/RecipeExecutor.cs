using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>Runs all steps of a recipe, in order, in one transaction: a recipe that fails leaves nothing behind.</summary>
public sealed class RecipeExecutor(Database database, IEnumerable<IRecipeStep> steps)
{
    private const string RecipesStep = "recipes";
    private readonly Dictionary<string, IRecipeStep> _steps = steps.ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);

    /// <param name="recipe">What to run.</param>
    /// <param name="parameters">What <c>parameters('x')</c> gives.</param>
    /// <param name="starting">Called as each step begins, for showing progress.</param>
    /// <exception cref="InvalidRecipeException">The recipe is refused; nothing was written.</exception>
    public async Task<RecipeReport> RunAsync(Recipe recipe, IReadOnlyDictionary<string, string> parameters, Action<string>? starting = null)
    {
        var report = new RecipeReport();
        await using var transaction = await database.BeginAsync();
        try
        {
            await RunAsync(recipe, parameters, report, starting ?? (_ => { }), transaction, [recipe.Name]);
        }
        catch (InvalidContentException error)
        {
            throw new InvalidRecipeException($"{recipe.Name}, step {report.Steps.Count} ({report.Steps[^1].Name}): {error.Message}");
        }
        await transaction.CommitAsync();
        return report;
    }

    private async Task RunAsync(
        Recipe recipe, IReadOnlyDictionary<string, string> parameters, RecipeReport report, Action<string> starting,
        DatabaseTransaction transaction, IReadOnlyList<string> chain)
    {
        var expressions = new RecipeExpressions(recipe, parameters);
        foreach (var source in recipe.Steps)
        {
            var name = source.FirstOrDefault(p => p.Key.Equals("name", StringComparison.OrdinalIgnoreCase)).Value?.ToString()
                ?? throw new InvalidRecipeException($"{recipe.Name}: a step has no name");
            starting(name);
            var stepReport = new RecipeStepReport(name);
            report.Steps.Add(stepReport);
            var step = expressions.Evaluate(source, stepReport)!.AsObject();
            var context = new RecipeStepContext(step, recipe, transaction, stepReport);
            if (name.Equals(RecipesStep, StringComparison.OrdinalIgnoreCase))
                foreach (var nested in context.Objects("Values"))
                    await RunNestedAsync(recipe, nested, parameters, report, starting, transaction, chain);
            else if (_steps.TryGetValue(name, out var handler))
                await handler.ExecuteAsync(context);
            else
                await KeepAsync(context);
        }
    }

    private async Task RunNestedAsync(
        Recipe recipe, JsonObject value, IReadOnlyDictionary<string, string> parameters, RecipeReport report, Action<string> starting,
        DatabaseTransaction transaction, IReadOnlyList<string> chain)
    {
        var name = value["name"]?.ToString() ?? "";
        if (chain.Contains(name)) throw new InvalidRecipeException($"{recipe.Name}: the recipe {name} runs itself");
        var nested = Directory.EnumerateFiles(recipe.Folder, "*.recipe.json").Order(StringComparer.Ordinal)
            .Select(Recipe.ReadFile).FirstOrDefault(r => r.Name == name);
        if (nested is null) report.Steps[^1].Skip(name, "no recipe of that name lies beside this one");
        else await RunAsync(nested, parameters, report, starting, transaction, [.. chain, name]);
    }

    // Orchard ignores a step that nobody claims. It is kept as data and reported instead.
    private static async Task KeepAsync(RecipeStepContext context)
    {
        await SiteSettings.WriteAsync($"step:{context.Report.Name}", context.Step, context.Transaction);
        context.Report.Skip(context.Report.Name, "a step that this site does not carry out; kept as data");
    }
}
