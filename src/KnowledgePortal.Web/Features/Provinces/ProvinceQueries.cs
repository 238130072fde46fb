using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;
using KnowledgePortal.Web.Hosting.PageCache;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>A province as its term describes it; its tile has no counts.</summary>
public sealed record Province(string TermId, ProvinceTile Tile, string EnglishName, string Code, string Summary);

/// <summary>The 77 provinces with their place on the map and what the portal holds of each.</summary>
public sealed class ProvinceQueries(Database database, TermQueries terms, ContentGeneration generation)
{
    private readonly PerGeneration<IReadOnlyList<Province>> _provinces = new(
        generation, async () => [.. (await terms.ItemsAsync(ProvincePart.Taxonomy)).Select(Read)]);

    public async Task<Province?> FindAsync(string slug) => (await _provinces.GetAsync()).FirstOrDefault(p => p.Tile.Slug == slug);

    public async Task<IReadOnlyList<ProvinceTile>> TilesAsync(ViewerTokens viewers)
    {
        var counts = (await database.QueryAsync<TermCount>(
            $"""
            select c.term_id, count(distinct p.content_item_id) as practices, count(distinct s.content_item_id) as sessions
            from content_terms c
            join term_index t on t.term_id = c.term_id and t.taxonomy = 'provinces'
            left join practice_index p on p.content_item_id = c.content_item_id
            left join session_index s on s.content_item_id = c.content_item_id
            where {ViewerTokens.See("c.content_item_id")} group by c.term_id
            """,
            new { viewers = viewers.Values })).ToDictionary(c => c.TermId);
        return [.. from province in await _provinces.GetAsync()
                   let count = counts.GetValueOrDefault(province.TermId)
                   select count is null ? province.Tile : province.Tile with { PracticeCount = count.Practices, SessionCount = count.Sessions }];
    }

    private static Province Read(ContentItem term)
    {
        var part = term.As<ProvincePart>();
        var path = term.As<AutoroutePart>().Path;
        var tile = new ProvinceTile
        {
            Title = term.DisplayText, Path = path, Slug = path[(path.LastIndexOf('/') + 1)..], Abbreviation = part.Abbreviation, Region = part.Region,
            Column = part.Column ?? 0, Row = part.Row ?? 0,
        };
        return new Province(term.ContentItemId, tile, part.EnglishName, part.Code, part.Summary);
    }

    private sealed record TermCount
    {
        public string TermId { get; init; } = "";
        public int Practices { get; init; }
        public int Sessions { get; init; }
    }
}
