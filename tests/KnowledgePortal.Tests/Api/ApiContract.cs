using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Reference;
using Shouldly;

namespace KnowledgePortal.Tests.Api;

/// <summary>Holds every answer that a test gets against the document: the status is promised, the body is as its schema says, headers are there.</summary>
public static class ApiContract
{
    public static JsonObject Document { get; } = new OpenApiDocument().In(Languages.English);

    private static readonly (Regex Path, string Method, JsonObject Json)[] Operations =
        [.. OpenApiDocument.Operations(Document).Select(o => (new Regex("^" + Regex.Replace(Regex.Escape(o.Path), @"\\\{\w+}", "[^/]+") + "$"), o.Method.ToUpperInvariant(), o.Json)).OrderBy(o => o.Json["operationId"]!.ToString())];

    /// <summary>Operations and statuses that were answered in this run.</summary>
    public static ConcurrentDictionary<(string Operation, int Status), bool> Seen { get; } = new();

    public static void Check(string method, string path, int status, string body, HttpContentHeaders headers, HttpResponseHeaders responseHeaders)
    {
        var plain = path.Split('?')[0];
        var found = Operations.Where(o => o.Method == (method == "HEAD" ? "GET" : method) && o.Path.IsMatch(plain)).OrderBy(o => o.Path.ToString().Contains("[^/]")).ToList();
        if (found.Count == 0 || method == "HEAD") return; // 404 and 405, which belong to no operation
        var operation = found[0].Json;
        var name = operation["operationId"]!.ToString();
        Seen[(name, status)] = true;
        var promised = operation["responses"]!["" + status].ShouldNotBeNull($"{name} answers {status}, which the document does not promise: {body}");
        var response = OpenApiDocument.Follow(Document, promised);
        foreach (var (header, _) in response["headers"] as JsonObject ?? [])
            if (header != "RateLimit") (responseHeaders.Contains(header) || headers.Contains(header)).ShouldBeTrue($"{name} {status} has no {header}");
        if (response["content"] is not JsonObject content)
        {
            body.ShouldBeEmpty($"{name} {status}");
            return;
        }
        var media = headers.ContentType!.MediaType!;
        headers.ContentType.CharSet.ShouldBe("utf-8");
        var schema = content[media].ShouldNotBeNull($"{name} {status} is {media}")["schema"]!;
        JsonSchemaCheck.Faults(Document, schema, JsonNode.Parse(body)).ShouldBeEmpty($"{name} {status} {body[..Math.Min(body.Length, 500)]}");
        if (media == ApiProblem.MediaType) CheckLanguage(headers.ContentLanguage.Single(), JsonNode.Parse(body)!.AsObject());
    }

    private static void CheckLanguage(string language, JsonObject problem)
    {
        foreach (var words in (problem["errors"] as JsonArray ?? []).Select(e => e!["detail"]).Append(problem["title"]).Append(problem["detail"]).OfType<JsonNode>())
            IsThai(words.ToString()).ShouldBe(language == "th", $"{language}: {words}");
    }

    /// <summary>Whether there are Thai letters beside what is quoted.</summary>
    public static bool IsThai(string words) => Regex.Replace(words, "“[^”]*”", "").Any(c => c is >= '\u0E01' and <= '\u0E5B');
}
