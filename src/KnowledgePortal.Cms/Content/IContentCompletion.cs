using KnowledgePortal.Cms.Data;

namespace KnowledgePortal.Cms.Content;

/// <summary>Fills what an editor left empty and what follows from other fields: an address from the title, a fiscal year from the date.</summary>
public interface IContentCompletion
{
    /// <summary>Changes <paramref name="item"/> where it can; leaves types that are not its business alone.</summary>
    Task CompleteAsync(ContentItem item, DatabaseTransaction transaction);
}
