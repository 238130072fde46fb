using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Which items and types somebody may work on; what he may not is as if it were not there.</summary>
public sealed class EditorAccess(ContentManager contents, ContentDefinitions definitions, FormSchemas schemas, RolePermissions permissions, ContentGeneration generation)
{
    private readonly PerGeneration<IReadOnlyDictionary<string, ContentTypeDefinition>> _types = new(generation, definitions.AllAsync);

    /// <summary>The latest version of an item; null when there is none or the visitor may not do this with it.</summary>
    public async Task<ContentItem?> FindAsync(string contentItemId, Visitor visitor, ContentAction action) =>
        visitor.Name is not null && await contents.GetAsync(contentItemId, VersionOptions.Latest) is { } item && await MayAsync(visitor, action, item) ? item : null;

    public Task<bool> MayAsync(Visitor visitor, ContentAction action, ContentItem item) => permissions.MayAsync(visitor, action, item.ContentType, item.Owner);

    /// <summary>Types of which the visitor may make items, in the order of their names for people.</summary>
    public async Task<IReadOnlyList<ContentTypeDefinition>> CreatableAsync(Visitor visitor)
    {
        var creatable = new List<ContentTypeDefinition>();
        if (visitor.Name is null) return creatable;
        foreach (var type in (await definitions.AllAsync()).Values)
            if (await MayCreateAsync(visitor, type)) creatable.Add(type);
        return creatable;
    }

    /// <summary>Whether the visitor may make items of any type: what every page asks whose visitor has signed in.</summary>
    public async Task<bool> MayCreateAsync(Visitor visitor)
    {
        foreach (var type in (await _types.GetAsync()).Values)
            if (await MayCreateAsync(visitor, type)) return true;
        return false;
    }

    /// <summary>Whether the visitor may make items of a type.</summary>
    public async Task<bool> MayCreateAsync(Visitor visitor, string contentType) => (await CreatableAsync(visitor)).Any(t => t.Name == contentType);

    private async Task<bool> MayCreateAsync(Visitor visitor, ContentTypeDefinition type) =>
        visitor.Name is not null && schemas.IsEditable(type) && await permissions.MayAsync(visitor, ContentAction.Edit, type.Name, visitor.Name);

    /// <summary>Types of which the visitor may edit everybody's items, not only his own.</summary>
    public async Task<IReadOnlyList<string>> OpenTypesAsync(Visitor visitor, IEnumerable<ContentTypeDefinition> types)
    {
        var open = new List<string>();
        foreach (var type in types)
            if (await permissions.MayAsync(visitor, ContentAction.Edit, type.Name)) open.Add(type.Name);
        return open;
    }

    /// <summary>Types of which the visitor may remove everybody's items, and those of which he may remove his own.</summary>
    public async Task<(IReadOnlyList<string> All, IReadOnlyList<string> Own)> RemovableAsync(Visitor visitor)
    {
        var (all, own) = (new List<string>(), new List<string>());
        foreach (var type in (await definitions.AllAsync()).Keys)
        {
            if (await permissions.MayAsync(visitor, ContentAction.Delete, type)) all.Add(type);
            else if (await permissions.MayAsync(visitor, ContentAction.Delete, type, visitor.Name)) own.Add(type);
        }
        return (all, own);
    }
}
