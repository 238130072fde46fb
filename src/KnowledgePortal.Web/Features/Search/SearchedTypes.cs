using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Definitions;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Search;

/// <summary>The types of content that are searched: those of the portal, then those that the site itself has defined and given an address.</summary>
public sealed class SearchedTypes(Database database, ContentDefinitions definitions, ContentGeneration generation)
{
    private volatile Known? _known;

    /// <summary>What readers call each type, in the order of the tabs.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync()
    {
        var current = generation.Current;
        if (_known is { } known && known.Generation == current) return known.Names;
        var names = new OrderedDictionary<string, string>(ContentTypeNames.All.Select(type => KeyValuePair.Create(type, ContentTypeNames.Thai(type))));
        var defined = await definitions.AllAsync();
        foreach (var type in await database.QueryAsync<string>("select distinct content_type from autoroute_index where content_type <> 'Taxonomy' order by content_type"))
            names.TryAdd(type, defined.TryGetValue(type, out var definition) ? definition.DisplayName : type);
        _known = new Known(current, names);
        return names;
    }

    private sealed record Known(long Generation, IReadOnlyDictionary<string, string> Names);
}
