using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;

namespace KnowledgePortal.Web.Features.Definitions;

/// <summary>Which roles write and publish a type: a type that was just made has nobody but administrators.</summary>
public sealed class TypeWriters(SiteSettings settings, RolePermissions permissions)
{
    private static readonly string[] Verbs = ["Preview", "Edit", "Publish", "Clone", "ListContent", "DeleteOwn"];

    public async Task<IReadOnlyCollection<string>> OfAsync(string type) =>
        [.. (await settings.WithPrefixAsync("role:")).Where(r => Granted(r.Value).Contains($"Publish_{type}")).Select(r => r.Key)];

    /// <summary>Gives and takes; true when anything changed.</summary>
    public async Task<bool> WriteAsync(string type, IReadOnlyCollection<string> givable, IReadOnlyCollection<string> chosen, DatabaseTransaction transaction)
    {
        var isChanged = false;
        foreach (var role in givable)
        {
            var document = await transaction.FirstAsync<string>("select document from site_settings where name = @name", new { name = $"role:{role}" });
            if (document is null || JsonNode.Parse(document) is not JsonObject json) continue;
            var before = Granted(json);
            if (before.Contains($"Publish_{type}") == chosen.Contains(role)) continue;
            var names = Verbs.Select(verb => $"{verb}_{type}").ToList();
            json["Permissions"] = new JsonArray([.. before.Except(names).Concat(chosen.Contains(role) ? names : []).Select(n => (JsonNode?)JsonValue.Create(n))]);
            await SiteSettings.WriteAsync($"role:{role}", json, transaction);
            isChanged = true;
        }
        if (isChanged) transaction.AfterCommit(permissions.Reload);
        return isChanged;
    }

    private static IReadOnlyList<string> Granted(JsonNode? role) => role?["Permissions"] is JsonArray names ? [.. names.Select(n => n?.ToString() ?? "")] : [];
}
