using KnowledgePortal.Cms.Content;

namespace KnowledgePortal.Cms.Permissions;

/// <summary>Knows a kind of item that lies in another one, and is therefore seen by nobody who may not see that.</summary>
public interface IContentContainment
{
    /// <summary>The item that this one lies in; null when it is of another kind or lies in none.</summary>
    string? ContainerOf(ContentItem item);
}
