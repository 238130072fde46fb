using System.Security.Claims;
using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Features.Api.Answers;
using KnowledgePortal.Web.Features.Api.Keys;
using KnowledgePortal.Web.Hosting.Visitors;

namespace KnowledgePortal.Web.Features.Api.Items;

/// <summary>Types of which somebody may see every item, and those of which only his own.</summary>
public sealed record SeenTypes(IReadOnlyList<string> All, IReadOnlyList<string> Own, string? Name);

/// <summary>What a caller may see and do, by his account and his key. What he may not see is as if it were not there.</summary>
public sealed class ContentSight(ContentManager contents, ContentDefinitions definitions, AddressBook addresses, RolePermissions permissions)
{
    /// <summary>The item of an id or a handle.</summary>
    /// <exception cref="ApiRefusal">There is none, or none that the caller may see.</exception>
    public async Task<ContentItem> GetAsync(ClaimsPrincipal user, string handle, VersionOptions version)
    {
        RequireScope(user, ApiScopes.Read);
        var id = await IdAsync(handle);
        var published = await SeenAsync(user, id, VersionOptions.Published, ContentAction.View);
        if (version == VersionOptions.Published) return published ?? throw NotFound();
        return await SeenAsync(user, id, VersionOptions.Latest, ContentAction.Preview)
            ?? throw (published is null ? NotFound() : new ApiRefusal(new ApiProblem(ProblemKind.Forbidden)));
    }

    /// <summary>The latest version of an item, to be changed.</summary>
    /// <exception cref="ApiRefusal">There is none, or the caller may not do this with it.</exception>
    public async Task<ContentItem> TakeAsync(ClaimsPrincipal user, string handle, ContentAction action)
    {
        var id = await IdAsync(handle);
        if (await contents.GetAsync(id, VersionOptions.Latest) is { } item && await MayAsync(user, action, item)) return item;
        var isSeen = await SeenAsync(user, id, VersionOptions.Latest, ContentAction.Preview) is not null || await SeenAsync(user, id, VersionOptions.Published, ContentAction.View) is not null;
        throw isSeen ? new ApiRefusal(new ApiProblem(ProblemKind.Forbidden)) : NotFound();
    }

    public Task<bool> MayAsync(ClaimsPrincipal user, ContentAction action, ContentItem item) => permissions.MayAsync(user.ToVisitor(), action, item.ContentType, item.Owner);

    /// <exception cref="ApiRefusal">The key does not cover this.</exception>
    public static void RequireScope(ClaimsPrincipal user, string scope, string? contentType = null)
    {
        if (contentType is null ? user.HasScope(scope) : user.Covers(scope, contentType)) return;
        throw new ApiRefusal(new ApiProblem(ProblemKind.Scope, new($"กุญแจต้องมีขอบเขต {scope}", $"the key needs the scope {scope}")));
    }

    /// <summary>For lists: which types, of which owner.</summary>
    public async Task<SeenTypes> TypesAsync(ClaimsPrincipal user, VersionOptions version)
    {
        var visitor = user.ToVisitor();
        var action = version == VersionOptions.Latest ? ContentAction.Preview : ContentAction.View;
        var (all, own) = (new List<string>(), new List<string>());
        foreach (var type in (await definitions.AllAsync()).Keys.Where(type => user.Covers(ApiScopes.Read, type)))
        {
            if (await permissions.MayAsync(visitor, action, type)) all.Add(type);
            else if (visitor.Name is not null && await permissions.MayAsync(visitor, action, type, visitor.Name)) own.Add(type);
        }
        return new SeenTypes(all, own, visitor.Name);
    }

    public static ApiRefusal NotFound() => new(new ApiProblem(ProblemKind.NotFound));

    private async Task<string> IdAsync(string handle) => handle.Contains(':')
        ? await addresses.FindAsync(handle.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)) ?? throw NotFound()
        : handle;

    private async Task<ContentItem?> SeenAsync(ClaimsPrincipal user, string id, VersionOptions version, ContentAction action) =>
        await contents.GetAsync(id, version) is { } item && user.Covers(ApiScopes.Read, item.ContentType) && await MayAsync(user, action, item) ? item : null;
}
