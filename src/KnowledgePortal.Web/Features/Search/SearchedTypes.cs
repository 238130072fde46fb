using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The types of content that are searched: those of the portal, then those that the site itself has defined and given an address.</summary>
public sealed class SearchedTypes
{
    private readonly Database _database;
    private readonly ContentDefinitions _definitions;
    private readonly PerGeneration<IReadOnlyDictionary<string, string>> _names;

    public SearchedTypes(Database database, ContentDefinitions definitions, ContentGeneration generation)
    {
        (_database, _definitions) = (database, definitions);
        _names = new PerGeneration<IReadOnlyDictionary<string, string>>(generation, ReadAsync);
    }

    /// <summary>What readers call each type, in the order of the tabs.</summary>
    public Task<IReadOnlyDictionary<string, string>> NamesAsync() => _names.GetAsync();

    private async Task<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        var names = new OrderedDictionary<string, string>(ContentTypeNames.All.Select(type => KeyValuePair.Create(type, ContentTypeNames.Thai(type))));
        var defined = await _definitions.AllAsync();
        foreach (var type in await _database.QueryAsync<string>("select distinct content_type from autoroute_index where content_type <> 'Taxonomy' order by content_type"))
            names.TryAdd(type, defined.TryGetValue(type, out var definition) ? definition.DisplayName : type);
        return names;
    }
}
