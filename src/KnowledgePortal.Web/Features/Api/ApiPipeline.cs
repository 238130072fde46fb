using System.Data.Common;
using System.Globalization;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Members;
using KnowledgePortal.Web.Hosting;
using KnowledgePortal.Web.Hosting.Visitors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace KnowledgePortal.Web.Features.Api;

/// <summary>What holds for every address below <c>/api</c>: refusals are problem+json, who asks is known by key or session, and nobody asks too often.</summary>
public static partial class ApiPipeline
{
    private const string Root = "/api";
    private const string RetryAfterFault = "5";

    /// <summary>Outside of everything that may refuse: an answer that has nothing but a status gets its words here.</summary>
    public static IApplicationBuilder UseApiAnswers(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("KnowledgePortal.Web.Features.Api");
        return app.UseWhen(context => context.Request.Path.StartsWithSegments(Root), api => api.Use(async (context, next) =>
        {
            if (context.Features[typeof(IStatusCodePagesFeature)] is IStatusCodePagesFeature pages) pages.Enabled = false;
            try
            {
                await next();
                if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null }) await new ApiProblem(ProblemKind.Of(context.Response.StatusCode)).WriteAsync(context);
            }
            catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                if (error is not (ApiRefusal or BadHttpRequestException or BusyDatabaseException)) LogFault(log, context.Request.Path, error);
                await ProblemOf(error, context).WriteAsync(context);
            }
        }));
    }

    /// <summary>Inside of the session's cookie, which a key replaces.</summary>
    public static IApplicationBuilder UseApiCallers(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Root), api => api.Use(async (context, next) =>
        {
            await context.RequestServices.GetRequiredService<ApiSignIn>().AuthenticateAsync(context);
            // Suggestions come with every key that is pressed: searches have a limit of their own, by the second.
            if (!context.Request.Path.StartsWithSegments("/api/v1/search")) Count(context);
            if (!TakesJson(context.Request)) throw new ApiRefusal(new ApiProblem(ProblemKind.NotAcceptable));
            if (IsChange(context.Request)) await CheckChangeAsync(context);
            context.Response.Headers.Append("Vary", "Authorization, Cookie");
            await next();
        }));

    private static ApiProblem ProblemOf(Exception error, HttpContext context)
    {
        if (error is ApiRefusal refusal) return refusal.Problem;
        context.Response.Headers.Remove("ETag");
        if (error is BadHttpRequestException bad) return new ApiProblem(ProblemKind.Of(bad.StatusCode));
        if (error is not (DbException or BusyDatabaseException) && DiskFailure.Of(error) is null) return new ApiProblem(ProblemKind.Fault);
        context.Response.Headers.RetryAfter = RetryAfterFault;
        return new ApiProblem(ProblemKind.Unavailable);
    }

    private static void Count(HttpContext context)
    {
        var who = context.User.KeyId() ?? context.User.AccountId() ?? ClientAddress.Of(context);
        var state = context.RequestServices.GetRequiredService<RequestBudgets>().Take(who, IsChange(context.Request));
        var name = IsChange(context.Request) ? "changes" : "reads";
        context.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={state.Quota};w={RequestBudgets.Seconds}");
        context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={state.Remaining};t={state.ResetSeconds}");
        if (!state.IsSpent) return;
        context.Response.Headers.RetryAfter = Math.Max(1, state.ResetSeconds).ToString(CultureInfo.InvariantCulture);
        throw new ApiRefusal(new ApiProblem(ProblemKind.TooMany));
    }

    private static bool TakesJson(HttpRequest request) => request.Headers.Accept.Count == 0 || request.GetTypedHeaders().Accept.Any(a => a.Quality is not 0
        && (a.MatchesAllTypes || a.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && (a.MatchesAllSubTypes || a.SubTypeWithoutSuffix.Equals("json", StringComparison.OrdinalIgnoreCase) || a.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))));

    private static bool IsChange(HttpRequest request) => !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method));

    // A browser sends its cookie wherever a foreign page wants it to; the token in the header shows that a page of this site asks.
    private static async Task CheckChangeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true) throw new ApiRefusal(new ApiProblem(ProblemKind.Unauthenticated));
        if (context.User.KeyId() is null && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            throw new ApiRefusal(new ApiProblem(ProblemKind.FormToken, new Phrase("ส่งหัวข้อ X-Form-Token ที่ได้จาก /api/v1/session", "send the header X-Form-Token that /api/v1/session gives")));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFault(ILogger log, PathString path, Exception error);
}
