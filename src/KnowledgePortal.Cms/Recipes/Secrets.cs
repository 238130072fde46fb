using System.Text.Json;
using System.Text.Json.Nodes;

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
        JsonObject o => new JsonObject(o.Where(p => !IsSecret(p.Key, p.Value, place, report)).Select(p => KeyValuePair.Create(p.Key, Without(p.Value, Below(place, p.Key), report)))),
        JsonArray a => new JsonArray([.. a.Select((n, at) => Without(n, $"{place}[{at}]", report))]),
        _ => node?.DeepClone(),
    };

    private static string Below(string place, string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static bool IsSecret(string name, JsonNode? value, string place, RecipeStepReport report)
    {
        if (value?.GetValueKind() != JsonValueKind.String || value.GetValue<string>().Length == 0) return false;
        if (!Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase))) return false;
        report.Skip(Below(place, name), "a secret of the site that the recipe comes from");
        return true;
    }
}
