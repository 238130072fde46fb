using System.Text.Json.Nodes;
using KnowledgePortal.Web.Features.Api.Answers;

namespace KnowledgePortal.Web.Features.Api.Reference;

/// <summary>
/// The description of the interface, OpenAPI 3.1, from the <c>openapi.json</c> beside this file. There every text stands in both languages as
/// <c>{ "th": …, "en": … }</c>; what is given out is in one. Refusals that every operation may answer with are added here.
/// </summary>
public sealed class OpenApiDocument
{
    private static readonly (int Status, string Response)[] Common = [(401, "Unauthenticated"), (403, "Forbidden"), (406, "NotAcceptable"), (429, "TooMany"), (500, "Fault"), (503, "Unavailable")];
    private readonly Dictionary<string, JsonObject> _documents;

    public OpenApiDocument()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("KnowledgePortal.Web.Features.Api.Reference.openapi.json")!;
        var source = JsonNode.Parse(stream)!.AsObject();
        foreach (var operation in Operations(source))
            foreach (var (status, response) in Common)
                if (status != StatusCodes.Status403Forbidden || operation.Json["x-scope"] is not null) operation.Json["responses"]!.AsObject().TryAdd($"{status}", new JsonObject { ["$ref"] = $"#/components/responses/{response}" });
        _documents = new[] { Languages.Thai, Languages.English }.ToDictionary(l => l.Name, l => Speak(source, l.Name)!.AsObject());
    }

    /// <summary>The document in a language; nobody may change it.</summary>
    public JsonObject In(Language language) => _documents[language.Name];

    public static IEnumerable<(string Path, string Method, JsonObject Json)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        select (path.Key, operation.Key, operation.Value!.AsObject());

    /// <summary>What a reference in the document leads to; a node that is no reference is itself.</summary>
    public static JsonObject Follow(JsonObject document, JsonNode node)
    {
        if (node["$ref"]?.ToString() is not { } reference) return node.AsObject();
        var found = reference[2..].Split('/').Aggregate((JsonNode)document, (at, name) => at[name] ?? throw new InvalidOperationException($"{reference} leads nowhere"));
        return Follow(document, found);
    }

    private static JsonNode? Speak(JsonNode? node, string language) => node switch
    {
        JsonObject { Count: 2 } text when text["th"] is JsonValue && text["en"] is JsonValue => text[language]!.DeepClone(),
        JsonObject json => new JsonObject(json.Select(m => KeyValuePair.Create(m.Key, Speak(m.Value, language)))),
        JsonArray array => new JsonArray([.. array.Select(i => Speak(i, language))]),
        _ => node?.DeepClone(),
    };
}
