using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>settings</c>: every key is a section of its own.</summary>
public sealed class SettingsStep : IRecipeStep
{
    private static readonly string[] Secrets = ["SiteSalt", "SuperUser"];

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var (key, value) in context.Step.Where(p => !p.Key.Equals("name", StringComparison.OrdinalIgnoreCase)))
        {
            if (Secrets.Contains(key)) { context.Report.Skip(key, "a secret of the site that the recipe comes from"); continue; }
            await SiteSettings.WriteAsync(key, value, context.Transaction);
            context.Report.Written++;
        }
    }
}

/// <summary><c>themes</c>: the theme of the site.</summary>
public sealed class ThemesStep : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "themes";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        await SiteSettings.WriteAsync("Theme", context.Property("site"), context.Transaction);
        context.Report.Written++;
    }
}

/// <summary><c>Roles</c>: each role with its permissions, by name.</summary>
public sealed class RolesStep : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "Roles";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var role in context.Objects("Roles"))
        {
            if (role["Name"]?.ToString() is not { Length: > 0 } name) throw new InvalidRecipeException("a role has no Name");
            await SiteSettings.WriteAsync($"role:{name}", role, context.Transaction);
            context.Report.Written++;
        }
    }
}
