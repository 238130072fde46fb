using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Definitions;

/// <summary>
/// Reads settings objects by their name. Recipes of 2018 wrote their members flat into <c>Settings</c>, and some put the object beside it; what
/// stands where it belongs wins.
/// </summary>
internal static class DefinitionSettings
{
    /// <summary>Settings <paramref name="name"/> of a type, part or field record.</summary>
    public static JsonObject OfRecord(JsonObject record, string name)
    {
        var settings = Of(record.Section("Settings"), name);
        foreach (var (key, value) in record[name] as JsonObject ?? [])
            if (!settings.ContainsKey(key)) settings[key] = value?.DeepClone();
        return settings;
    }

    /// <summary>Settings <paramref name="name"/> among <paramref name="settings"/>.</summary>
    public static JsonObject Of(JsonObject settings, string name)
    {
        var own = settings[name]?.DeepClone() as JsonObject ?? [];
        foreach (var (key, value) in settings.Where(s => s.Value is not JsonObject))
            if (!own.ContainsKey(key)) own[key] = value?.DeepClone();
        return own;
    }
}
