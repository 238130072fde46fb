namespace KnowledgePortal.Cms.Content;

/// <summary>Which version of an item is asked for.</summary>
public enum VersionOptions
{
    /// <summary>The version that readers see.</summary>
    Published,

    /// <summary>The newest version, draft or not.</summary>
    Latest,
}
