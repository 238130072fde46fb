using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Cms.Recipes;

/// <summary><c>Roles</c>: each role by name; its permissions replace, join or leave those that it has.</summary>
public sealed class RolesStep(RolePermissions permissions) : IRecipeStep
{
    private const string Behavior = "PermissionBehavior";
    private const string Permissions = "Permissions";

    /// <inheritdoc/>
    public string Name => "Roles";

    /// <inheritdoc/>
    public async Task ExecuteAsync(RecipeStepContext context)
    {
        foreach (var given in context.Objects("Roles")) await WriteAsync(given, context);
        context.Transaction.AfterCommit(permissions.Reload);
    }

    private static async Task WriteAsync(JsonObject given, RecipeStepContext context)
    {
        if (LooseJson.Text(given.Member("Name")) is not { Length: > 0 } name) throw context.Refuse("a role has no Name");
        var known = await SiteSettings.GetAsync(SiteSettings.RolePrefix + name, context.Transaction) as JsonObject;
        var role = known?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in given.Where(p => !p.Key.Equals(Behavior, StringComparison.OrdinalIgnoreCase) && !p.Key.Equals(Permissions, StringComparison.OrdinalIgnoreCase)))
            role[Canonical(key)] = value?.DeepClone();
        role[Permissions] = new JsonArray([.. Merged(name, known, given, context).Select(p => JsonValue.Create(p))]);
        if (await SiteSettings.WriteAsync(SiteSettings.RolePrefix + name, role, context.Transaction)) context.Report.Wrote(name, known is null);
    }

    private static IEnumerable<string> Merged(string role, JsonObject? known, JsonObject given, RecipeStepContext context)
    {
        // This role may do everything; what is stored for it could only go stale.
        if (role == RolePermissions.Administrator) return [];
        var listed = given.Texts(Permissions).Distinct().ToList();
        foreach (var name in listed.Where(p => !RolePermissions.IsKnown(p))) context.Report.Skip(name, $"a permission that this site does not ask for; kept with the role {role}");
        var held = known?.Texts(Permissions) ?? [];
        return LooseJson.Text(given.Member(Behavior))?.ToLowerInvariant() switch
        {
            "add" or "1" => held.Union(listed),
            "remove" or "2" => held.Except(listed),
            _ => listed,
        };
    }

    private static string Canonical(string key) => new[] { "Name", "Description" }.FirstOrDefault(k => k.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
}
