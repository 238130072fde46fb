using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Api.Answers;

namespace KnowledgePortal.Web.Features.Api.Reference;

/// <summary>The document as the page for people shows it.</summary>
public sealed record ReferencePage(string BaseUrl, IReadOnlyList<ReferenceGroup> Groups, IReadOnlyList<ProblemKind> Problems)
{
    private static readonly JsonSerializerOptions Readable = new(JsonText.Options) { WriteIndented = true };

    public static ReferencePage Of(JsonObject document, string baseUrl)
    {
        var operations = OpenApiDocument.Operations(document).Select(o => Operation(document, o.Path, o.Method, o.Json)).ToList();
        return new ReferencePage(
            baseUrl, [.. document["tags"]!.AsArray().Select(t => new ReferenceGroup(t!["name"]!.ToString(), t["description"]!.ToString(), [.. operations.Where(o => o.Tag == t["name"]!.ToString())]))], ProblemKind.All);
    }

    private static ReferenceOperation Operation(JsonObject document, string path, string method, JsonObject json)
    {
        var shared = document["paths"]![path]!["parameters"] as JsonArray ?? [];
        var body = (json["requestBody"]?["content"] as JsonObject)?.First();
        return new ReferenceOperation(json["operationId"]!.ToString(), json["tags"]![0]!.ToString(), method.ToUpperInvariant(), path, json["summary"]!.ToString(), json["description"]!.ToString())
        {
            Scope = json["x-scope"]?.ToString(),
            Parameters = [.. shared.Concat(json["parameters"] as JsonArray ?? []).Select(p => Parameter(OpenApiDocument.Follow(document, p!)))],
            BodyType = body?.Key,
            Body = body?.Value?["example"] is { } example ? example.ToJsonString(Readable) : null,
            Answers = [.. json["responses"]!.AsObject().OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Answer(r.Key, OpenApiDocument.Follow(document, r.Value!)))],
        };
    }

    private static ReferenceParameter Parameter(JsonObject json)
    {
        var schema = json["schema"]!.AsObject();
        return new ReferenceParameter(json["name"]!.ToString(), json["in"]!.ToString(), json["required"]?.GetValue<bool>() == true, json["description"]!.ToString())
        {
            Values = (schema["enum"] ?? schema["items"]?["enum"]) is JsonArray values ? [.. values.Select(v => v!.ToString())] : schema["type"]!.ToString() == "boolean" ? ["true", "false"] : [],
            Bounds = Bounds(schema).ToList(),
            Example = (json["example"] is JsonArray examples ? examples[0] : json["example"])?.ToString(),
        };
    }

    private static IEnumerable<string> Bounds(JsonObject schema)
    {
        if (schema["minimum"] is { } least) yield return schema["maximum"] is { } most ? $"{least} ถึง {most}" : $"ตั้งแต่ {least}";
        if (schema["maxLength"] is { } longest) yield return $"ไม่เกิน {longest} ตัวอักษร";
        if (schema["items"] is not null) yield return "ใส่ได้หลายครั้ง";
        if (schema["default"] is { } otherwise) yield return $"ไม่ใส่คือ {otherwise.ToJsonString().Trim('"')}";
    }

    private static ReferenceAnswer Answer(string status, JsonObject json) =>
        new(status, json["description"]!.ToString(), (json["content"] as JsonObject)?.First().Value?["example"] is { } example ? example.ToJsonString(Readable) : null);
}

public sealed record ReferenceGroup(string Name, string Title, IReadOnlyList<ReferenceOperation> Operations);

public sealed record ReferenceOperation(string Id, string Tag, string Method, string Path, string Summary, string Description)
{
    public string? Scope { get; init; }
    public IReadOnlyList<ReferenceParameter> Parameters { get; init; } = [];
    public string? BodyType { get; init; }
    public string? Body { get; init; }
    public IReadOnlyList<ReferenceAnswer> Answers { get; init; } = [];

    public bool IsChange => Method != "GET";

    /// <summary>What it answers when all is well.</summary>
    public ReferenceAnswer? Success => Answers.FirstOrDefault(a => a.Status.StartsWith('2'));

    public IEnumerable<ReferenceAnswer> Others => Answers.Where(a => !a.Status.StartsWith('2'));
}

public sealed record ReferenceParameter(string Name, string Place, bool IsRequired, string Description)
{
    public IReadOnlyList<string> Values { get; init; } = [];
    public IReadOnlyList<string> Bounds { get; init; } = [];
    public string? Example { get; init; }
}

public sealed record ReferenceAnswer(string Status, string Description, string? Example)
{
    /// <summary>The kind of problem that an answer with this status is; null for one that refuses nothing.</summary>
    public string? Problem => int.Parse(Status, CultureInfo.InvariantCulture) is >= 400 and var status ? ProblemKind.Of(status).Name : null;
}
