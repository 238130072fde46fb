using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Recipes;

/// <summary>
/// Members of settings and of kept steps that hold a secret of the site that a recipe comes from. They are of no use here, where nobody can change
/// them, and would go out again with every export.
/// </summary>
internal static class Secrets
{
    private static readonly string[] Endings =
        ["Secret", "SecretKey", "Password", "PasswordHash", "SecurityStamp", "ResetToken", "AccessToken", "ApiKey", "PrivateKey", "ConnectionString", "SiteSalt", "SuperUser"];

    /// <summary>A copy without secrets; each is reported.</summary>
    public static JsonNode? Without(JsonNode? node, string place, RecipeStepReport report) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => !IsSecret(p.Key, p.Value, place, report)).Select(p => KeyValuePair.Create(p.Key, Without(p.Value, $"{place}.{p.Key}", report)))),
        JsonArray a => new JsonArray([.. a.Select((n, at) => Without(n, $"{place}[{at}]", report))]),
        _ => node?.DeepClone(),
    };

    private static bool IsSecret(string name, JsonNode? value, string place, RecipeStepReport report)
    {
        if (LooseJson.Text(value) is not { Length: > 0 } || value!.GetValueKind() != System.Text.Json.JsonValueKind.String || !Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase))) return false;
        report.Skip($"{place}.{name}", "a secret of the site that the recipe comes from");
        return true;
    }
}
