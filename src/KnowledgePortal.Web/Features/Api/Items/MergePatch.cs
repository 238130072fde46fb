using System.Text.Json.Nodes;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>JSON merge patch as RFC 7396 defines it: objects are merged, null takes away, everything else replaces.</summary>
public static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        var merged = target.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = value is JsonObject inner ? Apply(merged[name] as JsonObject ?? [], inner) : value.DeepClone();
        }
        return merged;
    }
}
