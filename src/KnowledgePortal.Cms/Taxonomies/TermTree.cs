using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Taxonomies;

/// <summary>The terms of a taxonomy as the JSON they are: each holds those below it in its <c>Terms</c>. Changes happen in place.</summary>
internal sealed class TermTree(JsonArray roots)
{
    private const string Below = "Terms";

    /// <returns>The titles of both.</returns>
    public (string From, string Into) Merge(string fromId, string intoId)
    {
        var (from, into) = (Find(fromId), Find(intoId));
        if (IsBelow(into, from)) throw new InvalidContentException($"\"{Title(from)}\" cannot be merged into \"{Title(into)}\", which stands below it");
        TermAliases.Add(into, TermAliases.Of(ContentItemJson.Read(from)).Prepend(Title(from)));
        Detach(from);
        foreach (var child in from[Below] is JsonArray children ? children.OfType<JsonObject>().ToList() : [])
        {
            Detach(child);
            Children(into).Add((JsonNode)child);
        }
        return (Title(from), Title(into));
    }

    /// <returns>The titles of the term and of its new parent.</returns>
    public (string Term, string Parent) Move(string termId, string? parentId)
    {
        var term = Find(termId);
        var parent = parentId is null ? null : Find(parentId);
        if (parent is not null && (parent == term || IsBelow(parent, term))) throw new InvalidContentException($"\"{Title(term)}\" cannot be moved below itself");
        Detach(term);
        (parent is null ? roots : Children(parent)).Add((JsonNode)term);
        return (Title(term), parent is null ? "" : Title(parent));
    }

    private static JsonArray Children(JsonObject term)
    {
        if (term[Below] is not JsonArray children) term[Below] = children = [];
        return children;
    }

    private static void Detach(JsonObject term)
    {
        var siblings = (JsonArray)term.Parent!;
        siblings.Remove(term);
        if (siblings.Count == 0 && siblings.Parent is JsonObject parent && parent.ContainsKey("ContentItemId")) parent.Remove(Below);
    }

    private static bool IsBelow(JsonObject term, JsonObject other)
    {
        for (var at = term.Parent; at is not null; at = at.Parent)
            if (at == other) return true;
        return false;
    }

    private JsonObject Find(string termId) => All(roots).FirstOrDefault(t => LooseJson.Text(t["ContentItemId"]) == termId) ?? throw new InvalidContentException($"there is no term {termId}");

    private static IEnumerable<JsonObject> All(JsonArray terms) =>
        terms.OfType<JsonObject>().SelectMany(term => term[Below] is JsonArray children ? All(children).Prepend(term) : [term]);

    private static string Title(JsonObject term) => LooseJson.Text(term["DisplayText"]) ?? "";
}
