using KnowledgePortal.Cms.Recipes;

namespace KnowledgePortal.Web.Cli;

/// <summary>What a recipe did, or would do, for the operator to read.</summary>
public static class RecipeSummary
{
    private const int MostChanges = 20;
    private const int NameWidth = 26;

    public static void Show(RecipeReport report, bool showsChanges)
    {
        foreach (var step in report.Steps)
        {
            Console.Out.WriteLine($"{step.Name.PadRight(NameWidth)} {Status(step.Status)}  {Words.Pick($"เขียน {step.Written} ข้าม {step.Skipped.Count}", $"written {step.Written}, skipped {step.Skipped.Count}")}");
            if (showsChanges) ShowChanges(step);
            foreach (var (what, why) in step.Skipped) Console.Out.WriteLine($"    ! {what}: {why}");
        }
    }

    private static void ShowChanges(RecipeStepReport step)
    {
        foreach (var change in step.Changes.Take(MostChanges)) Console.Out.WriteLine($"    {change}");
        if (step.Changes.Count > MostChanges) Console.Out.WriteLine(Words.Pick($"    … และอีก {step.Changes.Count - MostChanges}", $"    … and {step.Changes.Count - MostChanges} more"));
    }

    private static string Status(RecipeStepStatus status) => status switch
    {
        RecipeStepStatus.Kept => Words.Pick("เก็บไว้", "kept"),
        RecipeStepStatus.Skipped => Words.Pick("ข้าม", "skipped"),
        _ => Words.Pick("ดำเนินการ", "executed"),
    };
}
