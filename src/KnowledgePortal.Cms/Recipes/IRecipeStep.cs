using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>Executes the recipe steps of one name.</summary>
public interface IRecipeStep
{
    /// <summary>The step's <c>name</c>; matched in any case.</summary>
    string Name { get; }

    /// <summary>A list of the step that may be too long to be held evaluated as a whole; null for most.</summary>
    string? LongList => null;

    /// <summary>Executes one step inside the recipe's transaction.</summary>
    Task ExecuteAsync(RecipeStepContext context);
}

/// <summary>One step with its surroundings. Its strings have been evaluated.</summary>
public sealed record RecipeStepContext(JsonObject Step, Recipe Recipe, DatabaseTransaction Transaction, RecipeStepReport Report)
{
    /// <summary>Where the step stands, for messages: <c>demo.recipe.json, step 3 (content)</c>.</summary>
    public string Place { get; init; } = "";

    /// <summary>How many steps of this name came before in the recipe.</summary>
    public int Occurrence { get; init; }

    /// <summary>The objects of the step's <see cref="IRecipeStep.LongList"/>, each evaluated when it is asked for.</summary>
    public IEnumerable<JsonObject> LongList { get; init; } = [];

    /// <summary>The run is only for show: what lies outside the transaction must not be touched.</summary>
    public bool IsPlan { get; init; }

    /// <summary>The members of the step besides its name.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Members => Step.Where(p => !p.Key.Equals("name", StringComparison.OrdinalIgnoreCase));

    /// <summary>A property of the step, its name in any case.</summary>
    public JsonNode? Property(string name) => Step.Member(name);

    /// <summary>The objects of an array property; none when it is absent.</summary>
    public IEnumerable<JsonObject> Objects(string name) => Step.Objects(name);

    /// <summary>The strings of an array property; none when it is absent.</summary>
    public IEnumerable<string> Texts(string name) => Step.Texts(name);

    /// <summary>Refuses the recipe here.</summary>
    public InvalidRecipeException Refuse(string why) => new($"{Place}: {why}");
}
