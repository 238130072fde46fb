using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Says what stands against publishing an item.</summary>
public interface IContentValidator
{
    /// <summary>Empty when nothing does, and for types that are not its business.</summary>
    Task<IReadOnlyList<ContentProblem>> ValidateAsync(ContentItem item, DatabaseTransaction transaction);
}

/// <summary>One thing that is wrong, at one field.</summary>
/// <param name="Part">The key of the part in the item.</param>
/// <param name="Field">The field, or the part's own member.</param>
/// <param name="Thai">What is wrong and what to do, for readers of Thai.</param>
/// <param name="English">The same in English.</param>
public sealed record ContentProblem(string Part, string Field, string Thai, string English);
