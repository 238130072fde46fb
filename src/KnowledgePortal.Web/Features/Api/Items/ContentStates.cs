using System.Security.Claims;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Editing;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>What becomes of an item as a whole.</summary>
public sealed class ContentStates(ContentSight sight, ContentLifecycle lifecycle, Drafts drafts, ItemQueries items, Database database)
{
    /// <summary>Makes the latest version the one that readers see.</summary>
    /// <exception cref="ApiRefusal">Something stands against it.</exception>
    public async Task<ContentItem> PublishAsync(ClaimsPrincipal user, ContentItem item)
    {
        var outcome = await drafts.SaveAsync(item.Copy(), item, ContentVersion.Of(item), user.ToActor(), publish: true);
        if (outcome.Newer is not null) throw new ApiRefusal(new ApiProblem(ProblemKind.Stale));
        if (outcome.Problems.Count > 0) throw ContentWriter.Invalid(outcome.Problems.Select(ContentWriter.Fault));
        return await sight.TakeAsync(user, item.ContentItemId, ContentAction.Publish);
    }

    public Task WithdrawAsync(ClaimsPrincipal user, ContentItem item) => DoAsync(user, item, lifecycle.UnpublishAsync);

    /// <exception cref="ApiRefusal">Readers see the item, and the caller may not take it from them.</exception>
    public async Task RemoveAsync(ClaimsPrincipal user, ContentItem item)
    {
        if (await items.StateAsync(item) != ItemState.Draft && !await sight.MayAsync(user, ContentAction.Publish, item)) throw new ApiRefusal(new ApiProblem(ProblemKind.Forbidden));
        await DoAsync(user, item, lifecycle.RemoveAsync);
    }

    private async Task DoAsync(ClaimsPrincipal user, ContentItem item, Func<string, Actor, DatabaseTransaction, Task> change)
    {
        await using var transaction = await database.BeginAsync();
        var latest = await transaction.FirstAsync<string>("select content_item_version_id from content_items where content_item_id = @ContentItemId and latest = 1", new { item.ContentItemId });
        if (latest != item.ContentItemVersionId) throw new ApiRefusal(new ApiProblem(ProblemKind.Stale));
        await change(item.ContentItemId, user.ToActor(), transaction);
        await transaction.CommitAsync();
    }
}
