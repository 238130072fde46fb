using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Data.Dialects;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>Runs all steps of a recipe, in order, in one transaction: a recipe that fails leaves nothing behind.</summary>
public sealed class RecipeExecutor(Database database, IEnumerable<IRecipeStep> steps, TimeProvider clock)
{
    private const string RecipesStep = "recipes";
    private readonly Dictionary<string, IRecipeStep> _steps = steps.ToDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs the recipe and commits.</summary>
    /// <param name="recipe">What to run.</param>
    /// <param name="parameters">What <c>parameters('x')</c> gives.</param>
    /// <param name="starting">Called as each step begins, for showing progress.</param>
    /// <param name="allow">Asked in the transaction before anything is done; what it throws ends the run.</param>
    /// <exception cref="InvalidRecipeException">The recipe is refused; nothing was written.</exception>
    public async Task<RecipeReport> RunAsync(
        Recipe recipe, IReadOnlyDictionary<string, string> parameters, Action<string>? starting = null, Func<DatabaseTransaction, Task>? allow = null)
    {
        // Another recipe may be running on another node, and recipes take their time.
        await using var transaction = await database.BeginAsync(new WriteManner(IsDurable: true, Wait: null));
        transaction.FailsAs("recipe");
        if (allow is not null) await allow(transaction);
        var report = await new Run(_steps, parameters, transaction, clock.GetUtcNow().UtcDateTime, false, starting).ExecuteAsync(recipe);
        await transaction.CommitAsync();
        return report;
    }

    /// <summary>Says what <see cref="RunAsync"/> would do now; nothing is written.</summary>
    /// <exception cref="InvalidRecipeException">The recipe would be refused.</exception>
    public async Task<RecipeReport> PlanAsync(Recipe recipe, IReadOnlyDictionary<string, string> parameters)
    {
        await using var transaction = await database.BeginAsync();
        return await PlanAsync(recipe, parameters, transaction);
    }

    /// <summary>Says what <see cref="RunAsync"/> would do after what the transaction has done.</summary>
    /// <exception cref="InvalidRecipeException">The recipe would be refused.</exception>
    public Task<RecipeReport> PlanAsync(Recipe recipe, IReadOnlyDictionary<string, string> parameters, DatabaseTransaction transaction) =>
        new Run(_steps, parameters, transaction, clock.GetUtcNow().UtcDateTime, true, null).ExecuteAsync(recipe);

    private sealed class Run(
        Dictionary<string, IRecipeStep> steps, IReadOnlyDictionary<string, string> parameters, DatabaseTransaction transaction, DateTime now, bool isPlan, Action<string>? starting)
    {
        private readonly RecipeReport _report = new();

        public async Task<RecipeReport> ExecuteAsync(Recipe recipe)
        {
            await ExecuteAsync(recipe, [recipe.Name]);
            return _report;
        }

        private async Task ExecuteAsync(Recipe recipe, IReadOnlyList<string> chain)
        {
            var expressions = new RecipeExpressions(recipe, parameters, now);
            var occurrences = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            for (var at = 0; at < recipe.Steps.Count; at++)
            {
                var source = recipe.Steps[at];
                if (LooseJson.Text(source.Member("name")) is not { Length: > 0 } name) throw new InvalidRecipeException($"{recipe.Place}, step {at + 1}: it has no name");
                if (_report.Steps.Count == RecipeLimits.Steps) throw new InvalidRecipeException($"{recipe.Place}, step {at + 1}: more than {RecipeLimits.Steps} steps");
                starting?.Invoke(name);
                var report = new RecipeStepReport(name);
                _report.Steps.Add(report);
                var occurrence = occurrences[name] = occurrences.GetValueOrDefault(name) + 1;
                var handler = steps.GetValueOrDefault(name);
                var (step, list) = Apart(source, handler?.LongList);
                var context = new RecipeStepContext(expressions.Evaluate(step, report)!.AsObject(), recipe, transaction, report)
                {
                    Place = $"{recipe.Place}, step {at + 1} ({name})",
                    Occurrence = occurrence,
                    IsPlan = isPlan,
                    // A copy is read and let go, so that of the list itself no more is held than its text.
                    LongList = list.Select(item => expressions.Evaluate(item?.DeepClone(), report)).OfType<JsonObject>(),
                };
                await ExecuteAsync(context, handler, name, chain);
                if (!isPlan) FailPoint.Reach("recipe.step");
            }
        }

        private static (JsonObject Step, IEnumerable<JsonNode?> List) Apart(JsonObject step, string? longList) =>
            longList is null || step.Member(longList) is not JsonArray list ? (step, [])
                : (new JsonObject(step.Where(p => p.Value != list).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))), list);

        private async Task ExecuteAsync(RecipeStepContext context, IRecipeStep? step, string name, IReadOnlyList<string> chain)
        {
            try
            {
                if (name.Equals(RecipesStep, StringComparison.OrdinalIgnoreCase)) await ExecuteOthersAsync(context, chain);
                else if (step is not null) await step.ExecuteAsync(context);
                else await KeptSteps.KeepAsync(context);
            }
            catch (InvalidContentException error)
            {
                throw context.Refuse(error.Message);
            }
        }

        private async Task ExecuteOthersAsync(RecipeStepContext context, IReadOnlyList<string> chain)
        {
            foreach (var value in context.Objects("Values"))
            {
                var name = LooseJson.Text(value.Member("name")) ?? "";
                if (name.Length > 0 && chain.Contains(name, StringComparer.OrdinalIgnoreCase)) throw context.Refuse($"the recipe {name} runs itself");
                if (name.Length > 0 && context.Recipe.Beside(name) is { } other) await ExecuteAsync(other, [.. chain, name]);
                else context.Report.Skip(name, "no recipe of that name lies beside this one");
            }
        }
    }
}
