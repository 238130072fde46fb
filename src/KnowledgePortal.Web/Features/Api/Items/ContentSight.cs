using System.Security.Claims;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>The condition under which somebody sees a row of <c>content_items i</c>, and its parameters.</summary>
public sealed record Sight(string Condition, object Parameters);

/// <summary>What a caller may see and do, by his account and his key. What he may not see is as if it were not there.</summary>
public sealed class ContentSight(ContentManager contents, ContentDefinitions definitions, AddressBook addresses, RolePermissions permissions)
{
    /// <summary>The item of an id or a handle.</summary>
    /// <exception cref="ApiRefusal">There is none, or none that the caller may see.</exception>
    public async Task<ContentItem> GetAsync(ClaimsPrincipal user, string handle, VersionOptions version)
    {
        RequireScope(user, ApiScopes.Read);
        var id = await IdAsync(handle);
        var published = await PublishedAsync(user, id);
        if (version == VersionOptions.Published) return published ?? throw NotFound();
        return await LatestAsync(user, id)
            ?? throw (published is null ? NotFound() : new ApiRefusal(new ApiProblem(ProblemKind.Forbidden)));
    }

    /// <summary>The latest version of an item, to be changed.</summary>
    /// <exception cref="ApiRefusal">There is none, or the caller may not do this with it.</exception>
    public async Task<ContentItem> TakeAsync(ClaimsPrincipal user, string handle, ContentAction action)
    {
        var id = await IdAsync(handle);
        if (await contents.GetAsync(id, VersionOptions.Latest) is { } item && await MayAsync(user, action, item)) return item;
        var isSeen = await LatestAsync(user, id) is not null || await PublishedAsync(user, id) is not null;
        throw isSeen ? new ApiRefusal(new ApiProblem(ProblemKind.Forbidden)) : NotFound();
    }

    public Task<bool> MayAsync(ClaimsPrincipal user, ContentAction action, ContentItem item) => permissions.MayAsync(user.ToVisitor(), action, item.ContentType, item.Owner);

    /// <exception cref="ApiRefusal">The key does not cover this.</exception>
    public static void RequireScope(ClaimsPrincipal user, string scope, string? contentType = null)
    {
        if (contentType is null ? user.HasScope(scope) : user.Covers(scope, contentType)) return;
        throw new ApiRefusal(new ApiProblem(ProblemKind.Scope, new($"กุญแจต้องมีขอบเขต {scope}", $"the key needs the scope {scope}")));
    }

    /// <summary>For lists: what readers see by the tokens of the viewer, drafts by the right to preview them.</summary>
    public async Task<Sight> OfListsAsync(ClaimsPrincipal user, VersionOptions version)
    {
        var visitor = user.ToVisitor();
        var types = user.NarrowedTypes();
        if (version == VersionOptions.Published)
        {
            var narrowed = types.Count == 0 ? "" : " and i.content_type in @types";
            return new Sight($"i.published = 1 and {ViewerTokens.See("i.content_item_id")}{narrowed}", new { viewers = (await permissions.ViewersAsync(visitor)).Values, types });
        }
        var (all, own) = (new List<string>(), new List<string>());
        foreach (var type in (await definitions.AllAsync()).Keys.Where(type => user.Covers(ApiScopes.Read, type)))
        {
            if (await permissions.MayAsync(visitor, ContentAction.Preview, type)) all.Add(type);
            else if (visitor.Name is not null && await permissions.MayAsync(visitor, ContentAction.Preview, type, visitor.Name)) own.Add(type);
        }
        return new Sight("i.latest = 1 and (i.content_type in @all or i.content_type in @own and i.owner = @name)", new { all, own, name = visitor.Name });
    }

    /// <summary>Whether the caller may see what is published of a type, as far as its groups allow.</summary>
    public async Task<bool> ViewsAsync(ClaimsPrincipal user, string contentType) =>
        user.Covers(ApiScopes.Read, contentType) && await permissions.MayAsync(user.ToVisitor(), ContentAction.View, contentType, user.ToVisitor().Name);

    public static ApiRefusal NotFound() => new(new ApiProblem(ProblemKind.NotFound));

    private async Task<string> IdAsync(string handle) => handle.Contains(':')
        ? await addresses.FindAsync(handle.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)) ?? throw NotFound()
        : handle;

    private async Task<ContentItem?> PublishedAsync(ClaimsPrincipal user, string id) =>
        await contents.GetAsync(id, await permissions.ViewersAsync(user.ToVisitor())) is { } item && user.Covers(ApiScopes.Read, item.ContentType) ? item : null;

    private async Task<ContentItem?> LatestAsync(ClaimsPrincipal user, string id) =>
        await contents.GetAsync(id, VersionOptions.Latest) is { } item && user.Covers(ApiScopes.Read, item.ContentType) && await MayAsync(user, ContentAction.Preview, item) ? item : null;
}
