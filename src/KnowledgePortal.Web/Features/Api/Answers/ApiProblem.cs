using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace KnowledgePortal.Web.Features.Api.Answers;

/// <summary>What is wrong at one place of what was sent: <c>CopSession.HeldOn</c>, or a parameter of the address.</summary>
public sealed record FieldFault(string Field, Phrase Detail)
{
    /// <summary>The place as a JSON Pointer: <c>/Speakers/ContentItems/0</c> for <c>Speakers[0]</c>.</summary>
    public string Pointer => Field.Length == 0 ? "" : "/" + Field.Replace("[", "/ContentItems/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}

/// <summary>A refusal as RFC 9457 writes it, in the reader's language.</summary>
public sealed record ApiProblem(ProblemKind Kind, Phrase? Detail = null, params IReadOnlyList<FieldFault> Faults) : IActionResult
{
    public const string MediaType = "application/problem+json";

    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext);

    public Task WriteAsync(HttpContext context)
    {
        var language = Languages.Of(context.Request);
        var response = context.Response;
        response.StatusCode = Kind.Status;
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.Headers.ContentLanguage = language.Name;
        response.Headers.Append("Vary", "Accept-Language");
        if (Kind == ProblemKind.Unauthenticated) response.Headers.WWWAuthenticate = "Bearer realm=\"api\"";
        if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.WriteAsync(Json(language).ToJsonString(JsonText.Options));
    }

    private JsonObject Json(Language language)
    {
        var json = new JsonObject { ["type"] = Kind.Type, ["title"] = language.Say(Kind.Title), ["status"] = Kind.Status };
        if (Detail is not null) json["detail"] = language.Say(Detail);
        if (Faults.Count > 0)
            json["errors"] = new JsonArray([.. Faults.Select(f => new JsonObject { ["field"] = f.Field, ["pointer"] = f.Pointer, ["detail"] = language.Say(f.Detail) })]);
        return json;
    }
}

/// <summary>Carries a refusal out of what reads a request.</summary>
public sealed class ApiRefusal(ApiProblem problem) : Exception(problem.Kind.Name)
{
    public ApiProblem Problem { get; } = problem;
}
