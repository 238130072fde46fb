using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>Executes the recipe steps of one name.</summary>
public interface IRecipeStep
{
    /// <summary>The step's <c>name</c>; matched in any case.</summary>
    string Name { get; }

    /// <summary>Executes one step inside the recipe's transaction.</summary>
    Task ExecuteAsync(RecipeStepContext context);
}

/// <summary>One step with its surroundings. Its strings have been evaluated.</summary>
public sealed record RecipeStepContext(JsonObject Step, Recipe Recipe, DatabaseTransaction Transaction, RecipeStepReport Report)
{
    /// <summary>A property of the step, its name in any case.</summary>
    public JsonNode? Property(string name) =>
        Step.FirstOrDefault(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The objects of an array property; none when it is absent.</summary>
    public IEnumerable<JsonObject> Objects(string name) => Property(name) is JsonArray array ? array.OfType<JsonObject>() : [];
}

/// <summary>What a run did, step by step.</summary>
public sealed class RecipeReport
{
    /// <summary>In the order in which the steps ran, those of nested recipes included.</summary>
    public List<RecipeStepReport> Steps { get; } = [];
}

/// <summary>What one step did.</summary>
public sealed class RecipeStepReport(string name)
{
    /// <summary>The step's name.</summary>
    public string Name { get; } = name;

    /// <summary>How many things were written.</summary>
    public int Written { get; set; }

    /// <summary>What was passed over, and why.</summary>
    public List<SkippedPart> Skipped { get; } = [];

    /// <summary>Adds to <see cref="Skipped"/>.</summary>
    public void Skip(string what, string why) => Skipped.Add(new SkippedPart(what, why));
}

/// <summary>Something in a recipe that was passed over.</summary>
public sealed record SkippedPart(string What, string Why);
