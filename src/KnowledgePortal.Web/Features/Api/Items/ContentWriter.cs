using System.Security.Claims;
using System.Text.Json.Nodes;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>
/// Stores what programs send by the rules of the form: the same fields are read by the same editors, the same choices are offered, the same people may do it.
/// What the definition does not know is kept as it is.
/// </summary>
public sealed class ContentWriter(ContentSight sight, EditorAccess access, FormReading forms, ContentRules rules, Drafts drafts)
{
    /// <summary>A new item.</summary>
    /// <exception cref="ApiRefusal">It cannot be stored.</exception>
    public async Task<ContentItem> CreateAsync(ClaimsPrincipal user, JsonObject sent, bool publish)
    {
        var type = sent["ContentType"] is JsonValue value && value.TryGetValue(out string? name) ? name : "";
        if (!await forms.IsDefinedAsync(type)) throw Invalid([new FieldFault("ContentType", new("ไม่มีชนิดเนื้อหานี้", "there is no such content type"))]);
        ContentSight.RequireScope(user, ApiScopes.Write, type);
        if (!await access.MayCreateAsync(user.ToVisitor(), type)) throw new ApiRefusal(new ApiProblem(ProblemKind.Forbidden));
        return await SaveAsync(user, drafts.New(type, user.ToActor()), null, sent, publish);
    }

    /// <summary>A newer version of an item.</summary>
    /// <param name="user">Who.</param>
    /// <param name="before">The latest version, which the caller may edit.</param>
    /// <param name="sent">The item as it shall be.</param>
    /// <param name="publish">Whether readers shall see it.</param>
    /// <exception cref="ApiRefusal">It cannot be stored.</exception>
    public Task<ContentItem> UpdateAsync(ClaimsPrincipal user, ContentItem before, JsonObject sent, bool publish) => SaveAsync(user, before.Copy(), before, sent, publish);

    private async Task<ContentItem> SaveAsync(ClaimsPrincipal user, ContentItem item, ContentItem? before, JsonObject sent, bool publish)
    {
        var visitor = user.ToVisitor();
        var mayPublish = user.Covers(ApiScopes.Publish, item.ContentType) && await sight.MayAsync(user, ContentAction.Publish, item);
        if (publish)
        {
            ContentSight.RequireScope(user, ApiScopes.Publish, item.ContentType);
            if (!mayPublish) throw new ApiRefusal(new ApiProblem(ProblemKind.Forbidden));
        }
        var faults = new List<FieldFault>(Envelope.Check(sent, before));
        Envelope.Take(sent, item);
        faults.AddRange(await forms.CheckAsync(item, before, visitor));
        if (faults.Count > 0) throw Invalid(faults);
        faults.AddRange(await rules.CheckAsync(item, before, mayPublish, visitor));
        faults.AddRange(await forms.ReadAsync(item, before, visitor));
        if (faults.Count > 0) throw Invalid(faults);
        // What may not publish at once may not change what is going to be published.
        if (!mayPublish && ScheduledTimes.PublishAt(item) is not null && before is not null && ContentDifference.Between(before.Parts, item.Parts).Count > 0) ScheduledTimes.Set(item, ScheduledTimes.PublishLater, null);

        var outcome = await drafts.SaveAsync(item, before, before is null ? null : ContentVersion.Of(before), user.ToActor(), publish);
        if (outcome.Newer is not null) throw new ApiRefusal(new ApiProblem(ProblemKind.Stale));
        if (outcome.Problems.Count > 0) throw Invalid(outcome.Problems.Select(Fault));
        return await sight.TakeAsync(user, item.ContentItemId, ContentAction.Edit);
    }

    public static ApiRefusal Invalid(IEnumerable<FieldFault> faults) => new(new ApiProblem(ProblemKind.Invalid, null, [.. faults]));

    public static FieldFault Fault(ContentProblem problem) => new($"{problem.Part}.{problem.Field}", new(problem.Thai, problem.English));

}
