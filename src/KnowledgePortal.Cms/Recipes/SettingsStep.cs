using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>settings</c>: every key is a section of its own, known here or not.</summary>
public sealed class SettingsStep : IRecipeStep
{
    private static readonly string[] SiteKeys =
    [
        "SiteName", "PageTitleFormat", "BaseUrl", "TimeZoneId", "Calendar", "PageSize", "MaxPageSize", "MaxPagedCount", "HomeRoute", "UseCdn", "CdnBaseUrl",
        "AppendVersion", "ResourceDebugMode", "CacheMode",
    ];

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var (key, value) in Secrets.Without(new JsonObject(context.Members.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))), "", context.Report)!.AsObject())
        {
            var name = SiteKeys.FirstOrDefault(known => known.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
            if (SiteSettings.IsOwn(name)) context.Report.Skip(key, "a name that the site uses for itself");
            else if (await SiteSettings.WriteAsync(name, value, context.Transaction)) context.Report.Wrote(name);
        }
    }
}

/// <summary><c>themes</c>: kept for other sites; this one has the theme of its installation.</summary>
public sealed class ThemesStep : IRecipeStep
{
    /// <inheritdoc/>
    public string Name => "themes";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        var themes = await SiteSettings.GetAsync(SiteSettings.Themes, context.Transaction) as JsonObject ?? [];
        foreach (var key in new[] { "site", "admin" })
            if (context.Property(key) is { } theme) themes[key] = theme.DeepClone();
        if (await SiteSettings.WriteAsync(SiteSettings.Themes, themes, context.Transaction)) context.Report.Wrote("themes");
    }
}
