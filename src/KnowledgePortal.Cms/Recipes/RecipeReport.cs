using System.Text.Json.Nodes;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>What a run did, step by step.</summary>
public sealed class RecipeReport
{
    /// <summary>In the order in which the steps ran, those of nested recipes included.</summary>
    public List<RecipeStepReport> Steps { get; } = [];

    /// <summary><c>{steps:[{name, status, written, skipped:[{what, why}]}]}</c></summary>
    public JsonObject ToJson() => new() { ["steps"] = new JsonArray([.. Steps.Select(s => s.ToJson())]) };
}

/// <summary>What became of a step.</summary>
public enum RecipeStepStatus
{
    /// <summary>Carried out; what it wanted may have been there already.</summary>
    Executed,

    /// <summary>Not carried out by this site, but kept for an export.</summary>
    Kept,

    /// <summary>Neither carried out nor kept.</summary>
    Skipped,
}

/// <summary>What one step did.</summary>
public sealed class RecipeStepReport(string name)
{
    /// <summary>The step's name.</summary>
    public string Name { get; } = name;

    /// <summary>What became of the step.</summary>
    public RecipeStepStatus Status { get; set; }

    /// <summary>How many things were written.</summary>
    public int Written { get; set; }

    /// <summary>What was written, in words, each beginning with +, ~ or -; for a plan.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>How many ids were made that will be others at the next run.</summary>
    public int NewIds { get; set; }

    /// <summary>What was passed over, and why.</summary>
    public List<SkippedPart> Skipped { get; } = [];

    /// <summary>Adds to <see cref="Skipped"/>.</summary>
    public void Skip(string what, string why) => Skipped.Add(new SkippedPart(what, why));

    /// <summary>Counts something that was written, and names it.</summary>
    public void Wrote(string what, bool isNew = true)
    {
        Written++;
        Changes.Add($"{(isNew ? '+' : '~')} {what}");
    }

    /// <summary>Counts something that was removed, and names it.</summary>
    public void Removed(string what)
    {
        Written++;
        Changes.Add($"- {what}");
    }

    internal JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["status"] = Status.ToString().ToLowerInvariant(),
        ["written"] = Written,
        ["skipped"] = new JsonArray([.. Skipped.Select(s => new JsonObject { ["what"] = s.What, ["why"] = s.Why })]),
    };
}

/// <summary>Something in a recipe that was passed over.</summary>
public sealed record SkippedPart(string What, string Why);
