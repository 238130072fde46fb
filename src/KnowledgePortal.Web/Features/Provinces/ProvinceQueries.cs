using KnowledgePortal.Cms.Content;
using KnowledgePortal.Cms.Data;
using KnowledgePortal.Cms.Permissions;
using KnowledgePortal.Cms.Taxonomies;

namespace KnowledgePortal.Web.Features.Provinces;

/// <summary>The 77 provinces with their place on the map and what the portal holds of each.</summary>
public sealed class ProvinceQueries(Database database, TermQueries terms)
{
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
        return [.. (await terms.ItemsAsync(ProvincePart.Taxonomy)).Select(term => Tile(term, counts.GetValueOrDefault(term.ContentItemId)))];
    }

    private static ProvinceTile Tile(ContentItem term, TermCount? count)
    {
        var part = term.As<ProvincePart>();
        var path = term.As<AutoroutePart>().Path;
        return new ProvinceTile
        {
            Title = term.DisplayText, Path = path, Slug = path[(path.LastIndexOf('/') + 1)..], Abbreviation = part.Abbreviation, Region = part.Region,
            Column = part.Column ?? 0, Row = part.Row ?? 0, PracticeCount = count?.Practices ?? 0, SessionCount = count?.Sessions ?? 0,
        };
    }

    private sealed record TermCount
    {
        public string TermId { get; init; } = "";
        public int Practices { get; init; }
        public int Sessions { get; init; }
    }
}
