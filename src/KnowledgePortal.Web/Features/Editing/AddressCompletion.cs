using KnowledgePortal.Cms.Addresses;
using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;

namespace KnowledgePortal.Web.Features.Editing;

/// <summary>Proposes an address for types whose definition has a pattern.</summary>
public sealed class AddressCompletion(ContentDefinitions definitions, AddressBook addresses) : IContentCompletion
{
    public async Task CompleteAsync(ContentItem item, DatabaseTransaction transaction)
    {
        if (item.As<AutoroutePart>().Path.Length > 0 || await definitions.FindAsync(item.ContentType) is not { } type || AddressRules.Prefix(type) is not { } prefix) return;
        var pattern = AddressRules.Pattern(type)!;
        var path = await addresses.EvaluateAsync(pattern, item, transaction);
        // The bare name may belong to the application itself.
        if (path is not null && AddressRules.WrongPlace(path, prefix) is not null) path = await AddressBook.FreeAsync(path + "-2", item, transaction);
        if (path is not null && AddressRules.WrongPlace(path, prefix) is null) item.Alter<AutoroutePart>(part => part.Path = path);
    }
}
